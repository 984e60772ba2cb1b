namespace Nadhir.Ingest;

/// <summary>A first guess of what a claim is about, for the person who sorts them.</summary>
static class ClaimKinds
{
    static readonly (string Kind, string[] Words)[] kinds =
    [
        ("responsibility", ["responsible", "responsibility", "accountable", "blame", "blamed"]),
        ("legal_basis", ["mandate", "agreement", "treaty", "convention", "resolution"]),
        ("casualty", ["casualties", "killed", "wounded", "injured", "dead"]),
        ("means", ["jets", "aircraft", "drone", "drones", "missile", "missiles", "rocket", "rockets", "helicopters"]),
        ("measure", ["alert", "precautions", "tightened", "tightening", "activated", "closed", "evacuated", "sirens", "deployed", "checkpoints", "suspended"]),
        ("threat_perception", ["fearing", "fears", "feared", "threat", "threatened"]),
        ("event", ["attack", "strike", "explosion", "explosions", "blast", "crossed", "landed", "fell", "hit"]),
        ("intent", ["will", "intends", "plans", "vowed", "pledged"]),
        ("assessment", ["would", "could", "may", "might", "likely"]),
        ("activity", ["discussed", "met", "issued", "visited", "conducted", "held", "ordered"]),
    ];

    public static string Of(ReportText text, int from, int to, bool casualties)
    {
        if (casualties) return "casualty";
        HashSet<string> words = new(StringComparer.Ordinal);
        for (int i = from; i < to; i++) words.Add(text.Tokens[i].Lower);
        foreach ((string kind, string[] signs) in kinds)
            if (signs.Any(words.Contains)) return kind;
        return "statement";
    }
}
