namespace Nadhir.Formats.Asterix;

/// <summary>Under which numbers and names a category keeps what all local surveillance systems tell.</summary>
sealed record LocalTargetItems
{
    /// <summary>Message type, and its value for a target report; empty when every record is one.</summary>
    public string MessageType { get; init; } = "";
    public required string Mode3A { get; init; }
    public required (string Item, string Element) TrackNumber { get; init; }
    /// <summary>Geometric height above the ellipsoid, else measured above the plane's origin.</summary>
    public string GeometricHeight { get; init; } = "";
    public required string MeasuredHeight { get; init; }
    public string PolarPosition { get; init; } = "";
    /// <summary>Standard deviations of the position, and the names of their elements.</summary>
    public required (string Item, string X, string Y) Sigma { get; init; }

    /// <summary>CAT 010: airport surface radars and multilateration.</summary>
    public static LocalTargetItems SurfaceMovement { get; } = new()
    {
        MessageType = "000",
        Mode3A = "060",
        TrackNumber = ("161", "TRK"),
        MeasuredHeight = "091",
        PolarPosition = "040",
        Sigma = ("500", "DEVX", "DEVY"),
    };

    /// <summary>CAT 020: multilateration.</summary>
    public static LocalTargetItems Multilateration { get; } = new()
    {
        Mode3A = "070",
        TrackNumber = ("161", "TRN"),
        GeometricHeight = "105",
        MeasuredHeight = "110",
        Sigma = ("500/SDP", "X", "Y"),
    };
}
