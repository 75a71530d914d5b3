from tests.faults.test_a04_lives import *
def test_diag(settings, track):
    d = lived(settings, track, guarded=False, dawdle=0.1)
    print("FAULTS", len(lives.faults(d)))
    from portal.db import db
    from sqlalchemy import text
    ev = db.session.execute(text("select what, detail from case_event where what != 'opened' and what!='moved' order by id")).all()
    n=0; m=0; seq=[]
    for what,_ in ev:
        n += 1 if what=="booked" else -1; seq.append(n)
    print("SEQ", seq)
    b=[x for x in d if x.what=="book" and x.end=="done"]
    print("DUR", [round(x.ended-x.began,2) for x in b][:20])
    print("OVER", sum(1 for x in b for y in b if x is not y and x.began<y.ended and y.began<x.ended))
    c=[x for x in d if x.what=="change the rules"]
    print([(round(x.began-d[0].began,1), x.told["rules"]["day_limit"], x.told["rules"]["classic_limit"]) for x in sorted(c,key=lambda x:x.began)], max(x.ended for x in d)-d[0].began)
