using System.Collections.Immutable;

namespace Nadhir.Dossiers;

/// <summary>What a dossier does not show, and to whom it is given. What is withheld stays committed to, and counted.</summary>
/// <param name="Name">As given with <c>--profile</c>.</param>
/// <param name="Withhold">Kinds of what is withheld, see <see cref="Kinds"/>.</param>
sealed record DossierProfile(string Name, ImmutableSortedSet<string> Withhold)
{
    /// <summary>Rows and sites marked restricted.</summary>
    public const string Restricted = "restricted";
    /// <summary>Who said it, where the source is marked as protected.</summary>
    public const string Sources = "sources";
    /// <summary>Who ordered, released or wrote down: members of the staff.</summary>
    public const string People = "people";
    /// <summary>What directives say and to whom they went.</summary>
    public const string Directives = "directives";
    /// <summary>Raw bytes, plots, and where sensors stand.</summary>
    public const string Sensors = "sensors";
    /// <summary>The configuration the decisions were made with (first entry of the journal).</summary>
    public const string Configuration = "configuration";
    /// <summary>Which siren was told what, and what it answered.</summary>
    public const string Sirens = "sirens";

    public static ImmutableArray<string> Kinds { get; } =
        [Configuration, Directives, People, Restricted, Sensors, Sirens, Sources];

    /// <summary>Sensors whose raw bytes and plots are shown although <see cref="Sensors"/> are withheld.</summary>
    public ImmutableSortedSet<string> ShownSensors { get; init; } = [];

    public static ImmutableArray<DossierProfile> Standard { get; } =
    [
        new("court", []),
        new("partner", [Sources, People, Configuration]),
        new("public", [.. Kinds]),
    ];

    public bool Withholds(string kind) => Withhold.Contains(kind);
}
