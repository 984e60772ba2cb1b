using System.Collections.Immutable;
using System.Text;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>What a node says of itself. Numbers are the standard's.</summary>
public enum NodeSystem : byte { Unknown = 0, Ok = 1, Warning = 2, Error = 3, Goodbye = 5 }

/// <summary>How a node detects in one of its modes, as it registered it.</summary>
/// <param name="MetresPerSecond">One of its units of ground speed; NaN when it told none.</param>
/// <param name="ClimbMetresPerSecond">The same of its climb.</param>
/// <param name="Follows">It keeps an object's identifier from one detection to the next; null when it did not
/// say.</param>
/// <param name="ErrorType">What its errors are, in its own words: mostly "Standard Deviation".</param>
/// <param name="SigmasPerError">By what its errors are to be multiplied to be one sigma an axis.</param>
public sealed record SapientMode(
    string Name, double MetresPerSecond, double ClimbMetresPerSecond, bool? Follows, string ErrorType,
    double SigmasPerError);

/// <summary>Something a node can do, as it registered it.</summary>
public sealed record SapientCapability(string Category, string Type, string Value, string Units);

/// <summary>Why an area is told.</summary>
public enum AreaKind : byte { FieldOfView, Coverage, Obscuration }

/// <summary>An area a node sees, covers or cannot see: a cone from the node, or an outline.</summary>
/// <param name="AzimuthRadians">Middle of the cone from the node's north; NaN for an outline.</param>
/// <param name="ExtentRadians">Width of the cone.</param>
/// <param name="Outline">Corners; empty for a cone.</param>
public sealed record SapientArea(
    AreaKind Kind, double AzimuthRadians, double ExtentRadians, double RangeMetres, ImmutableArray<GeoPoint> Outline);

/// <summary>
/// What is known of a node from its registration and its status reports. Bounded: <see cref="MostModes"/> modes,
/// <see cref="MostCapabilities"/> capabilities, <see cref="MostAreas"/> areas of <see cref="MostCorners"/> corners,
/// <see cref="MostStatuses"/> status lines, texts of <see cref="MostText"/> letters; more is left out.
/// </summary>
/// <param name="id">Its UUID.</param>
/// <param name="configured">Where its sensor stands by configuration; null when there is none.</param>
public sealed partial class SapientNode(UInt128 id, GeoPosition? configured)
{
    public const int MostModes = 32, MostCapabilities = 64, MostAreas = 64, MostCorners = 256, MostStatuses = 16;
    public const int MostText = 100;

    static readonly SapientMode unknownMode = new("", double.NaN, double.NaN, Follows: null, "", 1);

    readonly List<SapientMode> modes = [];
    byte[] zone = [];

    public UInt128 Id { get; } = id;
    public string Name { get; private set; } = "";
    /// <summary>The main type in the standard's words, like <c>NODE_TYPE_RADAR</c>.</summary>
    public string Type { get; private set; } = "";
    public bool IsRegistered { get; private set; }
    public ImmutableArray<SapientCapability> Capabilities { get; private set; } = [];
    public IReadOnlyList<SapientMode> Modes => modes;
    /// <summary>How often it promised a status report; zero when that makes no sense.</summary>
    public TimeSpan StatusInterval { get; private set; }
    /// <summary>UTM zone of its location definition; empty when not told.</summary>
    public string Zone => Encoding.UTF8.GetString(zone);

    public NodeSystem System { get; private set; }
    /// <summary>The mode it is in; the first it registered until it reports one.</summary>
    public SapientMode Mode { get; private set; } = unknownMode;
    /// <summary>Source, condition and level in the standard's words; empty when not told.</summary>
    public string Power { get; private set; } = "";
    /// <summary>Its power is faulty, by its own word.</summary>
    public bool PowerFailed { get; private set; }
    /// <summary>What else its last status report said, a line each: type, level, value.</summary>
    public ImmutableArray<string> Statuses { get; private set; } = [];
    /// <summary>It says itself that it detects nothing now, or that it is broken, or is gone.</summary>
    public bool IsBlind { get; private set; }
    /// <summary>Where it says it is; null while it has not.</summary>
    public GeoPosition? Reported { get; private set; }
    public ImmutableArray<SapientArea> Areas { get; private set; } = [];
    /// <summary>All of that in plain words; changes only when the node says something else.</summary>
    public SensorWord? Word { get; private set; }
    /// <summary>When the last message of it arrived.</summary>
    public DateTimeOffset LastSeen { get; private set; }

    /// <summary>Where it is: by its own word, else by configuration; null when neither is known.</summary>
    public GeoPosition? Position => Reported ?? configured;

    internal ReadOnlySpan<byte> UsualZone => zone;

    /// <summary>Takes what a valid message of this node says of the node.</summary>
    public void Hear(SapientDocument document, DateTimeOffset arrived)
    {
        LastSeen = arrived;
        if (document.Find(SapientDocument.Root, SapientFields.Registration) is var registration and >= 0)
            Register(document, registration);
        else if (document.Find(SapientDocument.Root, SapientFields.StatusReport) is var report and >= 0)
            Report(document, report);
        else return;
        bool ails = System is NodeSystem.Warning or NodeSystem.Error or NodeSystem.Goodbye;
        Word = new(Words(), ails || IsBlind || PowerFailed);
    }

    void Register(SapientDocument document, int registration)
    {
        IsRegistered = true;
        Name = Cut(document, registration, SapientFields.Registered.Name);
        int definition = document.Find(registration, SapientFields.Registered.NodeDefinition);
        long type = document.Integer(definition, SapientFields.Registered.NodeType);
        Type = SapientFields.Registered.NodeType.Choice!.NameOf(type) ?? "";
        int status = document.Find(registration, SapientFields.Registered.StatusDefinition);
        StatusInterval = Duration(document, document.Find(status, SapientFields.Registered.StatusInterval));
        int location = document.Find(status, SapientFields.Registered.LocationDefinition);
        zone = document.Bytes(location, SapientFields.Registered.Zone).ToArray();
        if (zone.Length > MostText) zone = [];
        Capabilities = [.. ReadCapabilities(document, registration)];
        modes.Clear();
        for (int i = document.Find(registration, SapientFields.Registered.ModeDefinition);
             i >= 0 && modes.Count < MostModes; i = document.FindNext(i))
            modes.Add(ReadMode(document, i));
        Mode = modes.Find(mode => mode.Name == Mode.Name) ?? (modes.Count > 0 ? modes[0] : unknownMode);
        System = NodeSystem.Unknown;
        IsBlind = false;
    }

    static IEnumerable<SapientCapability> ReadCapabilities(SapientDocument document, int registration)
    {
        int count = 0;
        for (int i = document.Find(registration, SapientFields.Registered.Capabilities);
             i >= 0 && count++ < MostCapabilities; i = document.FindNext(i))
        {
            yield return new(
                Cut(document, i, SapientFields.Registered.CapabilityCategory),
                Cut(document, i, SapientFields.Registered.CapabilityType),
                Cut(document, i, SapientFields.Registered.CapabilityValue),
                Cut(document, i, SapientFields.Registered.CapabilityUnits));
        }
    }

    static SapientMode ReadMode(SapientDocument document, int mode)
    {
        double ground = double.NaN, climb = double.NaN;
        string errorType = "";
        for (int i = document.Find(mode, SapientFields.Registered.DetectionDefinition);
             i >= 0; i = document.FindNext(i))
        {
            int velocity = document.Find(i, SapientFields.Registered.VelocityType);
            int units = document.Find(velocity, SapientFields.Registered.VelocityUnits);
            if (double.IsNaN(ground))
                ground = SpeedUnit(document.Integer(units, SapientFields.Registered.EastNorthUnits));
            if (double.IsNaN(climb)) climb = SpeedUnit(document.Integer(units, SapientFields.Registered.UpUnits));
            int error = document.Find(i, SapientFields.Registered.GeometricError);
            if (errorType.Length == 0) errorType = Cut(document, error, SapientFields.Registered.ErrorType);
        }

        bool? follows = document.Integer(mode, SapientFields.Registered.TrackingType) switch
        {
            1 => false,
            2 or 3 or 4 => true,
            _ => null,
        };
        return new(Cut(document, mode, SapientFields.Registered.ModeName), ground, climb, follows, errorType,
            SigmasPer(errorType));
    }

    static double SpeedUnit(long unit) => unit switch { 1 => 1, 2 => 1 / 3.6, _ => double.NaN };

    /// <summary>
    /// The standard leaves it to the node what its errors are. What we do not know is taken for one sigma.
    /// </summary>
    static double SigmasPer(string errorType)
    {
        string plain = errorType.ToUpperInvariant();
        if (plain.Contains("CEP", StringComparison.Ordinal))
            return 1 / 1.1774; // Half within the circle: √(2 ln 2) sigma.
        if (plain.Contains("95", StringComparison.Ordinal)) return 1 / 1.96;
        if (plain.Contains("3 SIGMA", StringComparison.Ordinal)) return 1.0 / 3;
        return plain.Contains("2 SIGMA", StringComparison.Ordinal) ? 0.5 : 1;
    }

    static TimeSpan Duration(SapientDocument document, int duration)
    {
        double seconds = document.Number(duration, SapientFields.Registered.Value)
            * document.Integer(duration, SapientFields.Registered.Units) switch
            {
                1 => 1e-9, 2 => 1e-6, 3 => 1e-3, 4 => 1, 5 => 60, 6 => 3600, 7 => 86400, _ => double.NaN,
            };
        return seconds is > 0 and < 1e7 ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
    }

    /// <summary>A text of a stranger: cut, and without what is no letter.</summary>
    static string Cut(SapientDocument document, int message, SapientField field)
    {
        string text = document.Text(message, field);
        if (text.Length > MostText) text = text[..MostText];
        return text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter))
            : text;
    }
}
