using Nadhir.Formats.Asterix;

namespace Nadhir.Replays;

/// <summary>What a survey reads off the records of one category: who speaks, by what clock, from where.</summary>
sealed class SurveyFields
{
    /// <summary>Under which items a category keeps what a survey asks for; an empty name is never there.</summary>
    sealed record Items
    {
        public string[] Times { get; init; } = [];
        /// <summary>Of what is reported; of categories 019 and 034, of the source itself.</summary>
        public string Position { get; init; } = "";
        public string Latitude { get; init; } = "LAT";
        public string Longitude { get; init; } = "LON";
        /// <summary>Places on a plane around the source.</summary>
        public (string Item, string Element) Plane { get; init; } = ("", "");
        public (string Item, string Element) Track { get; init; } = ("", "");
    }

    static readonly Dictionary<int, Items> held = new()
    {
        [1] = new(),
        [2] = new() { Times = ["030"] },
        [8] = new() { Times = ["090"] },
        [10] = new() { Times = ["140"], Position = "041", Plane = ("042", "X"), Track = ("161", "TRK") },
        [15] = new()
        {
            Times = ["145"], Position = "600/P84", Latitude = "LATITUDE", Longitude = "LONGITUDE", Track = ("161", ""),
        },
        [19] = new() { Times = ["140"], Position = "600" },
        [20] = new() { Times = ["140"], Position = "041", Plane = ("042", "X"), Track = ("161", "TRN") },
        [21] = new() { Times = ["073", "075", "071", "077", "030"], Position = "130" },
        [34] = new() { Times = ["030"], Position = "120" },
        [48] = new() { Times = ["140"] },
        [62] = new() { Times = ["070"], Position = "105", Plane = ("100", "X"), Track = ("040", "") },
        [63] = new() { Times = ["030"] },
        [65] = new() { Times = ["030"] },
        [205] = new() { Times = ["030"] },
        [240] = new() { Times = ["140"] },
    };

    /// <summary>Categories that only show that their source is there.</summary>
    static readonly int[] alive = [4, 9, 11, 16, 17, 23, 25, 247];

    readonly AsterixField[] times;

    SurveyFields(CategoryDefinition category, Items items)
    {
        Category = category;
        bool marks = category.Number is 2 or 34;
        Sac = Find("010", "SAC");
        Sic = Find("010", "SIC");
        MessageType = Find(marks ? "000" : "");
        Rotation = Find(marks ? "041" : "");
        Track = Find(items.Track.Item, items.Track.Element);
        Latitude = Find(items.Position, items.Latitude);
        Longitude = Find(items.Position, items.Longitude);
        Height = Find(category.Number switch { 34 => "120", 19 => "610", _ => "" }, category.Number == 34 ? "HGT" : "");
        Plane = Find(items.Plane.Item, items.Plane.Element);
        PlotRange = Find(category.Number == 15 ? "625/R" : "");
        PlotAzimuth = Find(category.Number == 15 ? "627/AZ" : "");
        times = [.. items.Times.Select(item => Find(item))];

        AsterixField Find(string item, string element = "") => AsterixField.Find(category, item, element);
    }

    public CategoryDefinition Category { get; }
    public AsterixField Sac { get; }
    public AsterixField Sic { get; }
    /// <summary>I002/000, I034/000: 1 is the north marker.</summary>
    public AsterixField MessageType { get; }
    public AsterixField Rotation { get; }
    public AsterixField Track { get; }
    public AsterixField Latitude { get; }
    public AsterixField Longitude { get; }
    public AsterixField Height { get; }
    public AsterixField Plane { get; }
    /// <summary>Range and azimuth of a non-cooperative sensor (CAT 015): together a plot.</summary>
    public AsterixField PlotRange { get; }
    public AsterixField PlotAzimuth { get; }

    /// <summary>It tells of the source itself, not of what the source sees.</summary>
    public bool IsService => Category.Number is 2 or 19 or 34;

    /// <summary>Null for a category of which nothing is known that a survey could use.</summary>
    public static SurveyFields? Of(CategoryDefinition category) =>
        held.TryGetValue(category.Number, out Items? items) ? new(category, items)
        : alive.Contains(category.Number) ? new(category, new()) : null;

    /// <summary>Seconds since midnight as the source tells them, or NaN.</summary>
    public double TimeOfDay(in AsterixRecord record)
    {
        foreach (AsterixField time in times)
        {
            double seconds = time.Read(record);
            if (!double.IsNaN(seconds)) return seconds;
        }

        return double.NaN;
    }
}
