"""How does a recurrent network remember?

Trained networks to look into, tasks and cells to train your own, and analyses
that say how a network keeps what it has been told.

    from recurrent_memory import analyse, list_pretrained, load_pretrained
    list_pretrained()                                     # what there is
    net, task, study = load_pretrained('variable_binding/T1')
    print(analyse(net, task))           # a line for each analysis

The names to start with (each is imported when it is first used):

    list_pretrained load_pretrained     networks that come with the package
    Task task_kinds                     what can be learnt
    Network network_kinds make_network  what can learn it, any for any task
    RecurrentNet from_torch             of layers; of your own torch layer
    RNN GRU LSTM BRC NBRC PeepholeLSTM  layers, used as torch.nn.GRU is
    Settings fit                        training
    Study build run_study load_run grid     experiments, kept in folders
    analyse explain                     how a network remembers
    evaluate_at memory_curve            what it can do; what its state holds
    collect                             a folder of runs as one table

Everything else is in a module: recurrent_memory.tasks, .cells, .training,
.studies, .dynamics, .interventions, .plotting, .zoo, and one package for each
chapter, e.g. recurrent_memory.variable_binding. From a terminal:
`recurrent-memory --help`.
"""
__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING: # for editors and type checkers, which read and do not run
    from .analysis import analyse
    from .bistability.cells import BRC, NBRC, PeepholeLSTM
    from .cells import (
        GRU, LSTM, RNN, Network, RecurrentNet, from_torch, make_network,
        network_kinds)
    from .cli import explain
    from .decoding import memory_curve
    from .evaluation import evaluate_at
    from .results import collect
    from .studies import Study, build, grid, load_run, run_study
    from .tasks import Task, task_kinds
    from .training import Settings, fit
    from .zoo import list_pretrained, load_pretrained
else:
    from .lazy import HOMES, lazily
    __getattr__, __dir__, __all__ = lazily(__name__, HOMES)
