"Counting, timing and a copy of the checkout, for the checks beside this file."
import os, shutil, subprocess, sys, time
from contextlib import contextmanager
from pathlib import Path

root = Path(__file__).resolve().parent.parent

class Report:
    "One printed line per check; `close` leaves the counts for `.ci/run` in the file `$CI_TALLY`."
    def __init__(self): self.passed = self.failed = 0

    def add(self, name, problem='', seconds=0.):
        "Count a check: passed if there is no `problem`."
        if problem: self.failed += 1
        else: self.passed += 1
        print(f'{"FAIL" if problem else "ok":4}  {name}  {seconds:.1f} s', flush=True)
        if problem: print('\n'.join('      ' + line for line in str(problem).splitlines()), flush=True)

    @contextmanager
    def check(self, name):
        "A check that fails by raising."
        start, problem = time.time(), ''
        try: yield
        except Exception as e: problem = str(e) if isinstance(e, AssertionError) and str(e) else repr(e)
        self.add(name, problem, time.time() - start)

    def close(self):
        if tally := os.environ.get('CI_TALLY'):
            with open(tally, 'a') as f: print(self.passed, self.failed, file=f)
        else: print(f'{self.passed} passed, {self.failed} failed')
        sys.exit(bool(self.failed))

def copy_checkout(to, without=()):
    "Copy what git tracks, and what it would be asked to track, to the folder `to`."
    listed = sh('git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard', cwd=root).split('\0')
    for name in sorted(set(listed)):
        if name and (root/name).is_file() and name.split('/')[0] not in without:
            (to/name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root/name, to/name)
    return to

def sh(*command, tail=40, **kwargs):
    "Output of a command; an AssertionError with its last lines if it fails."
    done = subprocess.run([str(c) for c in command], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **kwargs)
    last = '\n'.join(done.stdout.splitlines()[-tail:])
    assert done.returncode == 0, f'{Path(str(command[0])).name} exited with {done.returncode}\n{last}'
    return done.stdout

def differences(a, b, lines=60):
    "What `git diff` says about two folders or files; empty if they are the same."
    done = subprocess.run(['git', '--no-pager', 'diff', '--no-index', '--no-color', '--stat', '--patch', str(a), str(b)],
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    shown = done.stdout.splitlines()
    return '\n'.join(line[:200] for line in shown[:lines]) if done.returncode else ''
