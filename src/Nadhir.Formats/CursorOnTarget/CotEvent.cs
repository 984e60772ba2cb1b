namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// One Cursor-on-Target event (CoT base schema 2.0), whichever way it travels: as XML or as TAK protocol version 1.
/// Times are whole milliseconds, which is all the protocol carries.
/// </summary>
public sealed record CotEvent
{
    /// <summary>Names the object across events, for the whole network.</summary>
    public required string Uid { get; init; }
    /// <summary>
    /// Hierarchy of what it is, like <c>a-u-A</c>: parts divided by hyphens, from general to special.
    /// </summary>
    public required string Type { get; init; }
    /// <summary>
    /// Where the position comes from: <c>m-…</c> a machine, <c>h-…</c> a person. Empty when not told.
    /// </summary>
    public string How { get; init; } = "";
    /// <summary>When the event was made.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>From when it holds.</summary>
    public required DateTimeOffset Start { get; init; }
    /// <summary>Until when it holds.</summary>
    public required DateTimeOffset Stale { get; init; }
    public required CotPoint Point { get; init; }
    public string Access { get; init; } = "";
    public string Qos { get; init; } = "";
    /// <summary><c>o-…</c> operation, <c>e-…</c> exercise, <c>s-…</c> simulation. Empty when not told.</summary>
    public string Opex { get; init; } = "";
    public string Caveat { get; init; } = "";
    public string ReleasableTo { get; init; } = "";
    public CotDetail Detail { get; init; } = CotDetail.None;

    /// <summary>By its own word it is not of the real world.</summary>
    public bool IsExercise => Opex.StartsWith('e') || Opex.StartsWith('s');
    /// <summary>By its own word it is of the real world.</summary>
    public bool IsOperation => Opex.StartsWith('o');
    /// <summary>By its own word a person put it where it is.</summary>
    public bool IsFromPerson => How.StartsWith("h-", StringComparison.Ordinal);
}

/// <summary>Where, on WGS 84, metres above the ellipsoid; what is not known is <see cref="Unknown"/>.</summary>
/// <param name="LatitudeDegrees">−90 to 90.</param>
/// <param name="LongitudeDegrees">−180 to 180.</param>
/// <param name="HeightMetres">Above the ellipsoid.</param>
/// <param name="CircularError">Metres; by the schema one sigma where it is an error.</param>
/// <param name="LinearError">The same of the height.</param>
public readonly record struct CotPoint(
    double LatitudeDegrees, double LongitudeDegrees, double HeightMetres, double CircularError, double LinearError)
{
    public const double Unknown = 9_999_999;

    /// <summary>The place of events that are not about a place.</summary>
    public static readonly CotPoint Nowhere = new(0, 0, Unknown, Unknown, Unknown);

    /// <summary>Exactly 0, 0: what equipment without a fix sends.</summary>
    public bool IsNowhere => LatitudeDegrees == 0 && LongitudeDegrees == 0;
}

/// <summary>
/// What an event tells beyond who, what, when and where. The six elements that TAK protocol version 1 carries as fields
/// are fields here, when they hold nothing else; everything else is <see cref="Xml"/>.
/// </summary>
public sealed record CotDetail
{
    public static readonly CotDetail None = new();

    public CotContact? Contact { get; init; }
    public CotGroup? Group { get; init; }
    public CotPrecision? Precision { get; init; }
    /// <summary>Charge of the sender's battery, per cent.</summary>
    public uint? Battery { get; init; }
    public CotEquipment? Equipment { get; init; }
    public CotMotion? Motion { get; init; }
    /// <summary>
    /// The other elements, one after the other, well-formed, as <see cref="CotXmlWriter"/> would write them.
    /// </summary>
    public string Xml { get; init; } = "";
}

/// <summary>Element <c>contact</c>.</summary>
public sealed record CotContact(string Callsign, string Endpoint);

/// <summary>Element <c>__group</c>.</summary>
public sealed record CotGroup(string Name, string Role);

/// <summary>Element <c>precisionlocation</c>: where position and height come from.</summary>
public sealed record CotPrecision(string PositionSource, string HeightSource);

/// <summary>Element <c>takv</c>.</summary>
public sealed record CotEquipment(string Device, string Platform, string System, string Version);

/// <summary>Element <c>track</c>: course in degrees from true north, speed in metres per second.</summary>
public sealed record CotMotion(double CourseDegrees, double Speed);
