using Nadhir.Formats.Asterix;

namespace Nadhir.Replays;

/// <summary>What a survey reads off the records of one category: who speaks, by what clock, from where.</summary>
sealed class SurveyFields(CategoryDefinition category)
{
    static readonly string[] timesOf021 = ["073", "075", "071", "077", "030"];

    public CategoryDefinition Category => category;
    public AsterixField Sac { get; } = AsterixField.Find(category, "010", "SAC");
    public AsterixField Sic { get; } = AsterixField.Find(category, "010", "SIC");
    /// <summary>I034/000: 1 is the north marker.</summary>
    public AsterixField MessageType { get; } = AsterixField.Find(category, category.Number == 34 ? "000" : "none");
    public AsterixField Rotation { get; } = AsterixField.Find(category, category.Number == 34 ? "041" : "none");
    public AsterixField TrackNumber { get; } = AsterixField.Find(category, category.Number == 62 ? "040" : "none");
    public AsterixField Latitude { get; } = AsterixField.Find(category, PositionItem(category.Number), "LAT");
    public AsterixField Longitude { get; } = AsterixField.Find(category, PositionItem(category.Number), "LON");
    public AsterixField Height { get; } = AsterixField.Find(category, category.Number == 34 ? "120" : "none", "HGT");

    readonly AsterixField[] times = [.. TimeItems(category.Number).Select(item => AsterixField.Find(category, item))];

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

    static string[] TimeItems(int category) => category switch
    {
        21 => timesOf021,
        34 or 63 or 65 => ["030"],
        48 => ["140"],
        62 => ["070"],
        _ => [],
    };

    static string PositionItem(int category) => category switch
    {
        21 => "130",
        34 => "120",
        62 => "105",
        _ => "none",
    };
}
