"""Do the notebooks run against the installed package?

Builds sdist and wheel, installs the wheel away from the sources, and runs every notebook with its exported
cells taken from the installed modules instead of executed. `nbdev-test` runs the cells; this runs the module."""
import argparse, os, subprocess, sys, sysconfig, tempfile, time, venv
from concurrent.futures import ThreadPoolExecutor
from configparser import ConfigParser
from importlib import import_module
from pathlib import Path
from symtable import symtable
from zipfile import ZipFile

from common import Report, copy_checkout, root, sh

package, megabyte = 'recurrent_memory', 2**20
quiet = dict(IN_TEST='1', MPLBACKEND='agg', OMP_NUM_THREADS='1', PYTHONDONTWRITEBYTECODE='1')

def environment():
    "This one's, without what would put the sources back on the path."
    return {k: v for k, v in os.environ.items() if k not in ('PYTHONPATH', 'PYTHONHOME', 'VIRTUAL_ENV')} | quiet

def build(tmp):
    "An sdist, and the wheel that is built from it."
    sh(sys.executable, '-m', 'build', '--outdir', tmp/'dist', copy_checkout(tmp/'src'))
    [wheel] = (tmp/'dist').glob('*.whl'); [_] = (tmp/'dist').glob('*.tar.gz')
    return wheel

def missing_or_extra(wheel):
    "How the files in the wheel differ from those of the package in the checkout."
    here = {p.relative_to(wheel.parent.parent/'src').as_posix() for p in (wheel.parent.parent/'src'/package).rglob('*') if p.is_file()}
    there = {n for n in ZipFile(wheel).namelist() if '.dist-info/' not in n}
    return [f'not in the wheel: {n}' for n in sorted(here - there)] + [f'only in the wheel: {n}' for n in sorted(there - here)]

def install(wheel, place):
    "A second environment: the wheel first, and behind it everything this environment has."
    venv.create(place, with_pip=False, symlinks=True)
    python = place/'bin/python'
    site = Path(sh(python, '-c', 'import sysconfig; print(sysconfig.get_path("purelib"))').strip())
    others = dict.fromkeys([sysconfig.get_path('purelib'), sysconfig.get_path('platlib')])
    (site/'behind.pth').write_text('\n'.join(others) + '\n')
    sh(sys.executable, '-m', 'pip', '--python', python, 'install', '--no-deps', '--force-reinstall', '--no-warn-script-location', wheel)
    return python

def modules(wheel):
    names = [n.removesuffix('.py').removesuffix('/__init__') for n in ZipFile(wheel).namelist() if n.startswith(f'{package}/') and n.endswith('.py')]
    return sorted(n.replace('/', '.') for n in names)

def all_from_here():
    "Every module of the package that is loaded lies in this environment."
    strangers = [m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == package
                 and not Path(m.__file__).resolve().is_relative_to(Path(sys.prefix).resolve())]
    assert not strangers, f'not the installed package: {strangers}'

def run_one(path):
    "Run a notebook in this process; exported cells bind the names that they would define to the module's objects."
    from execnb.shell import CaptureShell
    from nbdev.config import get_config
    from nbdev.process import NBProcessor
    from nbdev.test import nb_test_cells
    path = Path(path).resolve()
    cfg = get_config(path.parent)
    nb = NBProcessor(path, rm_directives=False, process=True).nb
    flags = cfg.tst_flags.split() if isinstance(cfg.tst_flags, str) else cfg.tst_flags
    tested = {c.id for c in nb_test_cells(path, flags)}
    default = next((c.directives_['default_exp'] for c in nb.cells if 'default_exp' in c.directives_), None)
    shell, known = CaptureShell(path, profile=False), set()

    def taken_or_skipped(cell):
        if cell.cell_type != 'code': return True
        how = next((d for d in ('export', 'exports', 'exporti') if d in cell.directives_), None)
        if how is None: return cell.id not in tested
        name = cell.directives_[how].strip() or default
        module = vars(import_module(f'{package}.{name}'))
        first = name not in known
        known.add(name)
        bound = module if first else [s.get_name() for s in symtable(cell.source, 'cell', 'exec').get_symbols() if s.is_assigned() or s.is_imported()]
        shell.user_ns.update({n: module[n] for n in bound if n in module and not (n.startswith('__') and n.endswith('__'))})
        return True

    os.chdir(path.parent)
    try: shell.run_all(nb, exc_stop=True, preproc=taken_or_skipped, cell_timeout=cfg.cell_timeout)
    except Exception as e: sys.exit(shell.prettytb(fname=path.name) or repr(e))
    all_from_here()

def import_all(names):
    for name in names: import_module(name)
    all_from_here()

def scripts(wheel):
    "The console scripts that the wheel declares."
    [entry] = [n for n in ZipFile(wheel).namelist() if n.endswith('.dist-info/entry_points.txt')]
    declared = ConfigParser(delimiters=['=']); declared.read_string(ZipFile(wheel).read(entry).decode())
    return dict(declared['console_scripts'])

def main(workers):
    report = Report()
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp).resolve()
        empty = tmp/'empty'; empty.mkdir()
        wheel = None
        with report.check('sdist builds, and a wheel from it'): wheel = build(tmp)
        if wheel is None: report.close()
        size = wheel.stat().st_size/megabyte
        with report.check(f'wheel holds the whole package and nothing else, {size:.2f} MB of at most 15'):
            assert size < 15, f'{size:.2f} MB'
            assert not (wrong := missing_or_extra(wheel)), '\n'.join(wrong)
        python = None
        with report.check('wheel installs'): python = install(wheel, tmp/'place')
        if python is None: report.close()
        names = modules(wheel)
        with report.check(f'{len(names)} modules import from the wheel'):
            sh(python, __file__, '--import', *names, cwd=empty, env=environment())
        with report.check('console scripts run'):
            for script, target in scripts(wheel).items():
                assert target.split(':')[0] in names, f'{script} = {target}: no such module'
                sh(python.parent/script, '--help', cwd=empty, env=environment())
        books = copy_checkout(tmp/'books', without=(package, 'setup.py'))
        paths = sorted((books/'nbs').rglob('*.ipynb'))
        def run(path):
            start, problem = time.time(), ''
            try: sh(python, __file__, '--one', path, cwd=empty, env=environment(), timeout=1200)
            except (AssertionError, subprocess.TimeoutExpired) as e: problem = str(e)
            return path, problem, time.time() - start
        with ThreadPoolExecutor(workers) as pool:
            for path, problem, seconds in pool.map(run, paths):
                report.add(f'{path.relative_to(books)} on the installed package', problem, seconds)
        report.close()

if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--workers', type=int, default=2)
    parser.add_argument('--one', help=argparse.SUPPRESS)
    parser.add_argument('--import', nargs='*', dest='names', help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one: run_one(args.one)
    elif args.names is not None: import_all(args.names)
    else: main(args.workers)
