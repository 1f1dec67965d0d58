"""A municipality: size, place, spending and staff per domain, and what it wants."""

from pydantic import Field

from regie_opt.schema.strict import Key, MotiveKey, NonNegative, Positive, Strict


class Location(Strict):
    """A point on the map (WGS84)."""

    lon: float = Field(ge=-180, le=180)
    """Longitude, degrees east."""
    lat: float = Field(ge=-90, le=90)
    """Latitude, degrees north."""


class Divisions(Strict):
    """Official regional divisions of the country: the name of the region that a municipality is in, by division."""

    province: str | None = Field(default=None, min_length=1)
    """Provincie."""
    safety: str | None = Field(default=None, min_length=1)
    """Veiligheidsregio."""
    youth: str | None = Field(default=None, min_length=1)
    """Jeugdzorgregio."""
    labour_market: str | None = Field(default=None, min_length=1)
    """Arbeidsmarktregio."""
    rmc: str | None = Field(default=None, min_length=1)
    """RMC-regio, against leaving school early."""


class Municipality(Strict):
    """One municipality (gemeente). What is left out takes the model's default."""

    name: str = Field(min_length=1)
    """Name for people; never used as an identifier."""
    population: int = Field(gt=0)
    """Inhabitants."""
    location: Location | None = None
    """Centre of the municipality; needed for travel distance and for the trust prior."""
    divisions: Divisions = Divisions()
    """Official regions that it is in; those that two municipalities share go with trust."""
    spending: dict[Key, NonNegative] = {}
    """Yearly spending per domain, euro. Default: the domain's spending per inhabitant."""
    staff: dict[Key, NonNegative] = {}
    """Own or hired staff per domain, full-time equivalents. Default: from spending."""
    board_hours: Positive | None = None
    """Hours per year the college has for governing cooperation. Default: the model's."""
    council_seats: int | None = Field(default=None, gt=0)
    """Seats of the council. Default: by inhabitants."""
    college_members: int | None = Field(default=None, gt=0)
    """Mayor and aldermen. Default: by council seats."""
    motives: dict[MotiveKey, NonNegative] = {}
    """How much each motive counts for this municipality, 1 is average. Default 1."""
    domain_motives: dict[Key, dict[MotiveKey, NonNegative]] = {}
    """The same for one domain; multiplies `motives`."""
    autonomy: NonNegative = 1.0
    """How much this municipality minds giving up autonomy, 1 is average."""
    willing_host: bool = True
    """Whether it is willing to do work for others; who is not goes on with what it hosts today."""
    host_capacity: NonNegative | None = None
    """Most full-time equivalents of work it can do for others; counts under a `host_capacity` rule."""
