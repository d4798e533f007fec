"""Is the checkout in order: notebooks clean, package exported, README made from the index?

Works on copies: the checkout itself stays as it is."""
import json, re, sys, tempfile
from pathlib import Path

from common import Report, copy_checkout, differences, root, sh

megabyte = 2**20
local = re.compile(r'/(?:home|root|Users|tmp|private)/\w|[A-Z]:\\\\|\bat 0x[0-9a-f]{6,}|\d%\|')

def tool(name): return Path(sys.executable).parent/name

def remade(tmp, name):
    "The checkout after the nbdev command `name`, and how it differs from before."
    before, after = copy_checkout(tmp/f'{name}/before'), copy_checkout(tmp/f'{name}/after')
    sh(tool(name), cwd=after)
    for junk in [*after.rglob('.last_checked'), *after.rglob('*.pyc')]: junk.unlink()
    return differences(before, after)

def readme(tmp):
    "How README.md differs from what the index makes."
    sh(tool('jupyter'), 'nbconvert', '--to', 'markdown', root/'nbs/index.ipynb', '--output-dir', tmp/'readme', '--output', 'README',
       '--RegexRemovePreprocessor.enabled=True', r'--RegexRemovePreprocessor.patterns=^#\|\s*hide', '--log-level', 'ERROR')
    made = sorted(p.name for p in (tmp/'readme').iterdir())
    assert made == ['README.md'], f'the README must be one file, without figures of its own; made {made}'
    return differences(root/'README.md', tmp/'readme/README.md')

def texts(outputs):
    "The text in stored outputs; pictures left out."
    for o in outputs:
        data = o.get('data', {})
        for part in [o.get('text', ''), *(v for k, v in data.items() if k.startswith('text/')), *o.get('traceback', [])]:
            yield ''.join(part)

def faults(path):
    "What is wrong with the notebook file itself."
    size, nb = path.stat().st_size, json.loads(path.read_text(encoding='utf-8'))
    if size > megabyte: yield f'{size/megabyte:.2f} MB, at most 1'
    if 'widgets' in nb['metadata']: yield 'has metadata.widgets'
    for i, cell in enumerate(nb['cells']):
        outputs = cell.get('outputs', [])
        if any(o['output_type'] == 'error' for o in outputs): yield f'cell {i}: a stored output is an error'
        for text in texts(outputs):
            if found := local.search(text): yield f'cell {i}: a path, an address or a progress bar in the output: {text[max(0, found.start() - 30):found.end() + 30]!r}'

def clocks(path):
    "Cells in which a test looks at the clock: times are measured in benchmarks and never asserted."
    for i, cell in enumerate(json.loads(path.read_text(encoding='utf-8'))['cells']):
        source = ''.join(cell['source'])
        timed = re.search(r'perf_counter|process_time|monotonic|time\.time\(', source)
        if cell['cell_type'] == 'code' and timed and re.search(r'\bassert\b|\btest_\w+\(', source): yield f'cell {i}: {timed[0]} beside a test'

def headings(path):
    "Anchors of a notebook's headings, as Jupyter makes them."
    cells = json.loads(path.read_text(encoding='utf-8'))['cells']
    lines = [line for c in cells if c['cell_type'] == 'markdown' for line in ''.join(c['source']).splitlines()]
    return {re.sub(r'^#+ ', '', line).strip().replace(' ', '-') for line in lines if line.startswith('#')}

def dead_links(path):
    "Links to pages of this repository, or to their sections, that are not there."
    for url in re.findall(r'https://github\.com/recurrent-memory/recurrent_memory/blob/main/([^)\s"\\{]+)', path.read_text(encoding='utf-8')):
        page, _, anchor = url.partition('#')
        if page.endswith('/'): continue # a name is put behind it
        if not (root/page).exists(): yield f'no such page: {page}'
        elif anchor and page.endswith('.ipynb') and anchor not in headings(root/page): yield f'no such section: {url}'

def main():
    report = Report()
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp).resolve()
        with report.check('nbdev-clean changes nothing'):
            changed = remade(tmp, 'nbdev-clean'); assert not changed, changed
        with report.check('nbdev-export changes nothing'):
            changed = remade(tmp, 'nbdev-export'); assert not changed, changed
        with report.check('README.md is what nbs/index.ipynb makes'):
            changed = readme(tmp); assert not changed, changed
    with report.check('notebooks under 1 MB, no widget state, nothing of one machine in the outputs'):
        listed = sh('git', 'ls-files', '--cached', '--others', '--exclude-standard', '*.ipynb', cwd=root).split('\n')
        found = [f'{name}: {fault}' for name in listed if (root/name).is_file() for fault in faults(root/name)]
        assert not found, '\n'.join(found)
    with report.check('no test looks at the clock'):
        found = [f'{name}: {fault}' for name in listed if (root/name).is_file() for fault in clocks(root/name)]
        assert not found, '\n'.join(found)
    with report.check('links between the pages lead somewhere'):
        found = [f'{name}: {fault}' for name in listed if (root/name).is_file() for fault in dead_links(root/name)]
        assert not found, '\n'.join(found)
    report.close()

if __name__ == '__main__': main()
