"""The book: the notebooks with the outputs stored in them, nothing is executed.

    pip install -r .github/book/requirements.txt
    sphinx-build -c .github/book nbs _docs/html"""
import json, re, tomllib
from pathlib import Path
from posixpath import dirname, relpath

root = Path(__file__).resolve().parent.parent.parent
nbs = root/'nbs'
about = tomllib.loads((root/'pyproject.toml').read_text(encoding='utf-8'))
repository = about['project']['urls']['Repository']

project = about['tool']['nbdev']['title']
author = copyright = 'The recurrent_memory authors'
release = version = re.search(r'__version__ = "(.+)"', (root/'recurrent_memory/__init__.py').read_text()).group(1)

extensions = ['myst_nb']
root_doc = 'index'
exclude_patterns = ['**/.ipynb_checkpoints', '**/_*']
nb_execution_mode = 'off'
nb_merge_streams = True
nb_render_markdown_format = 'myst' # tables in outputs
myst_enable_extensions = ['amsmath', 'dollarmath']
myst_heading_anchors = 3

html_theme = 'sphinx_book_theme'
html_title = project
html_theme_options = dict(repository_url=repository, repository_branch='main', path_to_docs='nbs',
    use_repository_button=True, use_issues_button=True, use_source_button=True, use_download_button=True,
    show_navbar_depth=1, launch_buttons=dict(colab_url='https://colab.research.google.com'))

def chapters():
    "Each folder of notebooks as a chapter, in the order of the numbers in the file names; the foundations last."
    folders = {}
    for path in sorted(nbs.glob('*/[0-9]*.ipynb'), key=lambda p: p.name): folders.setdefault(path.parent.name, []).append(path.stem)
    folders['foundations'] = folders.pop('foundations') # the reference part comes last
    return folders

def contents():
    "The table of contents, as a cell for the end of the index."
    parts = {'Start here': sorted(p.stem for p in nbs.glob('*.ipynb') if p.stem != root_doc)}
    parts |= {folder.replace('_', ' ').capitalize(): [f'{folder}/{page}' for page in pages] for folder, pages in chapters().items()}
    blocks = [["```{toctree}", ':hidden:', f':caption: {part}', '', *pages, '```', ''] for part, pages in parts.items() if pages]
    return dict(cell_type='markdown', id='contents', metadata={}, source='\n'.join(line for block in blocks for line in block))

def shown(cell):
    "The cell as the book shows it: without directives, plumbing folded; None if it is hidden."
    lines = ''.join(cell['source']).splitlines(keepends=True)
    found = [re.match(r'\s*#\s*\|\s*([\w-]+)\s*:?\s*(.*)', line) for line in lines]
    directives = {m[1]: m[2].strip() for m in found if m}
    if 'hide' in directives or 'default_exp' in directives or directives.get('include') == 'false': return None
    if cell['cell_type'] != 'code': return cell
    tags = ['remove-input'] if 'hide_input' in directives or directives.get('echo') == 'false' else \
           ['hide-input'] if {'export', 'exporti'} & set(directives) else []
    source = ''.join(line for line, m in zip(lines, found) if not m)
    fold = {'mystnb': folded(source)} if tags == ['hide-input'] else {}
    return {**cell, 'source': source, 'metadata': {**cell['metadata'], 'tags': tags, **fold}}

def folded(source):
    "What is written on a folded cell: the names that it defines."
    names = re.findall(r'^(?:def|class) (\w+)', source, re.M)
    named = [n for n in names if n[0] != '_'] or names
    what = ', '.join(dict.fromkeys(named)) or ('imports' if 'import ' in source else 'definitions')
    return {'code_prompt_show': f'Show the code: {what}', 'code_prompt_hide': f'Hide the code: {what}'}

def here(text, docname):
    "Links to notebooks on the repository's pages become links within the book, sections included."
    def link(m):
        if not (nbs/m[1]).exists(): return m[0]
        section = re.sub(r'[^\w-]', '', m[2] or '').lower() # as myst names it; on the page it is as Jupyter does
        return relpath(m[1], dirname(docname) or '.') + (f'#{section}' if section else '')
    return re.sub(re.escape(f'{repository}/blob/main/nbs/') + r'([\w/.-]+\.ipynb)(#[^\s)]*)?', link, text)

def page(app, docname, source):
    if not (nbs/f'{docname}.ipynb').exists(): return
    nb = json.loads(source[0])
    cells = [c for c in map(shown, nb['cells']) if c]
    for c in cells:
        if c['cell_type'] == 'markdown': c['source'] = here(''.join(c['source']), docname)
    if docname == root_doc: cells.append(contents())
    source[0] = json.dumps({**nb, 'cells': cells})

def setup(app):
    app.connect('source-read', page)
    return dict(parallel_read_safe=True)
