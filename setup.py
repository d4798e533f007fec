"What settings.ini says, in the words of setuptools; pyproject.toml holds the rest."
from configparser import ConfigParser
from pathlib import Path
from setuptools import find_packages, setup

here = Path(__file__).parent
config = ConfigParser(delimiters=['='])
config.read(here/'settings.ini', encoding='utf-8')
cfg = config['DEFAULT']
lib = cfg['lib_name']

statuses = ['1 - Planning', '2 - Pre-Alpha', '3 - Alpha', '4 - Beta',
            '5 - Production/Stable', '6 - Mature', '7 - Inactive']
version = next(line.split('"')[1] for line in (here/lib/'__init__.py').read_text().splitlines()
               if line.startswith('__version__'))

setup(
    version=version,
    author=cfg['author'],
    license_expression={'apache2': 'Apache-2.0'}[cfg['license']],
    keywords=cfg['keywords'],
    classifiers=[f'Development Status :: {statuses[int(cfg["status"]) - 1]}',
                 'Intended Audience :: Science/Research', 'Intended Audience :: Education',
                 'Programming Language :: Python :: 3',
                 'Topic :: Scientific/Engineering :: Artificial Intelligence'],
    long_description=(here/'README.md').read_text(encoding='utf-8'),
    long_description_content_type='text/markdown',
    packages=find_packages(include=[lib, f'{lib}.*']),
    include_package_data=False, # data is what package_data names, not what MANIFEST.in puts beside it
    package_data={lib: ['trained/**/*.json', 'trained/**/*.safetensors', 'data/*.safetensors',
                        '**/*.js', '**/*.css']},
    install_requires=cfg['requirements'].split(),
    extras_require={key.removesuffix('_requirements'): value.split()
                    for key, value in cfg.items() if key.endswith('_requirements')},
    entry_points={'console_scripts': cfg['console_scripts'].split(),
                  'nbdev': [f'{lib}={lib}._modidx:d']},
)
