"""Whether a planned partnership is one of today, as it is."""

from regie_opt.schema.partnership import UNKNOWN, Partnership
from regie_opt.schema.plan import PlannedPartnership


def as_now(planned: PlannedPartnership, now: Partnership) -> bool:
    """Whether members, domains and who does the work of each are today's; what is unknown is left out."""
    hosts = {d: h for d, h in (planned.hosts or {}).items() if d != UNKNOWN}
    known = set(now.domains) - {UNKNOWN}
    same_work = known == set(planned.domains) - {UNKNOWN}
    same_hosts = all(hosts.get(d) == now.host_of(d) for d in known)
    return set(now.members) == set(planned.members) and same_work and same_hosts
