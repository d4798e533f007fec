"""Does the package work with the lowest versions that it allows?

Makes an environment with exactly the lowest version of every requirement in settings.ini, and in it imports every
module, builds every study, samples its task, takes a training step, and analyses trained networks.
On Linux/x86-64 the lowest torch brings gigabytes of CUDA: there it is used only with `--torch`, and otherwise
the torch of this environment stands in for it. Everywhere else the lowest torch is small and always used."""
import argparse, os, platform, sys, sysconfig, tempfile, venv
from configparser import ConfigParser
from pathlib import Path

from common import Report, root, sh

# what the requirements need themselves, at versions that go with them
behind = ['contourpy', 'cycler', 'fonttools', 'kiwisolver', 'packaging', 'pillow', 'pyparsing', 'python-dateutil', 'six',
          'pandas==2.1.4', 'pytz', 'tzdata', 'ipython==8.18.0', 'ipykernel', 'traitlets', 'comm', 'widgetsnbextension==4.0.7',
          'jupyterlab_widgets==3.0.7', 'decorator', 'jedi', 'parso', 'matplotlib-inline', 'pexpect', 'ptyprocess',
          'prompt_toolkit', 'wcwidth', 'pygments', 'stack_data', 'executing', 'asttokens', 'pure_eval']
torch_needs = ['sympy', 'mpmath', 'networkx', 'jinja2', 'markupsafe', 'fsspec', 'typing_extensions', 'setuptools']

def lowest():
    "The requirements, each at its lowest version."
    config = ConfigParser(delimiters=['=']); config.read(root/'settings.ini', encoding='utf-8')
    return [r.replace('>=', '==') for r in config['DEFAULT']['requirements'].split()]

def environment(place, with_torch):
    "A new environment with the lowest versions and nothing that they do not name."
    venv.create(place, with_pip=False, symlinks=True)
    python = place/'bin/python'
    exact = [r for r in lowest() if with_torch or not r.startswith('torch==')]
    assert all('==' in r for r in exact), f'settings.ini: a requirement without a lowest version, {exact}'
    pip = [sys.executable, '-m', 'pip', '--python', python, 'install', '--no-warn-script-location']
    sh(*pip, '--no-deps', *exact, *behind)
    if with_torch: sh(*pip, *(r for r in exact if r.startswith(('torch==', 'numpy=='))))
    else:
        sh(*pip, '--no-deps', *torch_needs)
        site = Path(sh(python, '-c', 'import sysconfig; print(sysconfig.get_path("purelib"))').strip())
        here = Path(sysconfig.get_path('purelib'))
        for name in ['torch', 'torchgen', 'functorch', *(p.name for p in here.glob('torch-*.dist-info'))]:
            if (here/name).exists(): (site/name).symlink_to(here/name)
    return python, exact

def versions(python, exact):
    "What is installed is what was asked for."
    names = [r.split('==')[0] for r in exact]
    out = sh(python, '-c', 'import sys; from importlib.metadata import version\nfor n in sys.argv[1:]: print(n, version(n))', *names)
    have = dict(line.split() for line in out.splitlines())
    for r in exact:
        name, want = r.split('==')
        assert (have[name] + '.0.0').startswith(want), f'{name} {have[name]}, wanted {want}'
    return ' '.join(f'{n} {v}' for n, v in have.items())

def inside():
    "Run in that environment: import, build, sample, train, analyse; a line for everything that fails."
    import importlib, pkgutil, warnings
    import numpy as np, torch
    import recurrent_memory
    warnings.simplefilter('ignore', DeprecationWarning)
    torch.set_num_threads(1)
    done, failed = 0, []
    def attempt(name, f):
        nonlocal done
        try: f(); done += 1
        except Exception as e: failed.append(f'{name}: {e!r:.300}')
    for m in pkgutil.walk_packages(recurrent_memory.__path__, 'recurrent_memory.'):
        if not m.name.endswith('__main__'): attempt(m.name, lambda: importlib.import_module(m.name))
    from recurrent_memory.analysis import analyse
    from recurrent_memory.cells import make_network, network_kinds
    from recurrent_memory.cli import all_studies, find_study, main
    from recurrent_memory.dynamics import linearise, participation_ratio
    from recurrent_memory.studies import build
    from recurrent_memory.tasks import stream, task_kinds
    from recurrent_memory.zoo import list_pretrained, load_pretrained
    seen = set()
    def one(study):
        net, task, _ = build(study)
        key = repr((study.network, type(task)))
        if key in seen: return
        seen.add(key)
        batch = task.sample(2, generator=stream(0, 'data'))
        loss = task.loss(net(batch.x), batch)
        loss.backward()
        assert np.isfinite(loss.item())
        task.score(net(batch.x).detach(), batch)
    for name, study in all_studies().items(): attempt(f'build, sample, train: {name}', lambda: one(study))
    def look(name):
        net, task, _ = load_pretrained(name)
        path = net.trajectory(task.sample(3, generator=stream(0, 'data')).x)
        assert participation_ratio(path.states) > 0
        if net.state_size <= 300: assert np.isfinite(linearise(net).A).all()
    for name in list_pretrained():
        if '-500' not in name: attempt(f'open and analyse: {name}', lambda: look(name))
    def all_pairs(kind):
        for task in task_kinds().values():
            task = task.example()
            x = task.sample(2, generator=stream(0, 'data')).x
            net = make_network(kind, task, hidden_size=4)
            assert torch.allclose(net(x), net.trajectory(x).out, atol=1e-5)
    for kind in network_kinds(): attempt(f'every task with {kind}', lambda: all_pairs(kind))
    def everything():
        found = analyse(make_network('gru', task_kinds()['LinearBinding'].example(), 8), task_kinds()['LinearBinding'].example())
        assert not found.failed, found.failed
    attempt('every analysis', everything)
    with tempfile.TemporaryDirectory() as tmp:
        def trained():
            assert main(['demo', '--steps', '200', '--out', tmp]) == 0
            assert main(['list']) == 0
            [folder] = Path(tmp).rglob('DONE')
            assert main(['report', str(folder.parent)]) == 0
        attempt('demo: train and explain', trained)
        for folder in ('bistability/small_copy-brc', 'timescales/parity-small', 'external_memory/copy-small'):
            attempt(f'run {folder}', lambda: main(['run', folder, '--steps', '3', '--out', tmp]) and 1/0)
    print(f'{done} done, {len(failed)} failed')
    for line in failed[-30:]: print(line)
    sys.exit(bool(failed))

def main(with_torch):
    report = Report()
    with tempfile.TemporaryDirectory() as tmp:
        python = None
        with report.check('the lowest versions install' + ('' if with_torch else ', torch as it is')):
            python, exact = environment(Path(tmp)/'lowest', with_torch)
            print(versions(python, exact))
        if python is None: report.close()
        env = {k: v for k, v in os.environ.items() if k not in ('PYTHONHOME', 'VIRTUAL_ENV')}
        env |= dict(PYTHONPATH=str(root), IN_TEST='1', MPLBACKEND='agg', OMP_NUM_THREADS='1', PYTHONDONTWRITEBYTECODE='1')
        with report.check('import, build, sample, train, analyse'):
            print(sh(python, __file__, '--inside', cwd=tmp, env=env).splitlines()[-1])
    report.close()

if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--torch', action='store_true', help='the lowest torch too, on every platform')
    parser.add_argument('--inside', action='store_true', help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside: inside()
    else: main(args.torch or (platform.system(), platform.machine()) != ('Linux', 'x86_64'))
