from tests.faults.test_a04_lives import *
def test_diag(settings, track):
    d = lived(settings, track, guarded=False, dawdle=0.1)
    print(Counter((x.what, x.end) for x in d)); print(len(lives.found()), lives.found()==lives.left(d))
