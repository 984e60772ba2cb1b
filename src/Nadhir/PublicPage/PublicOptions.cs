using System.Collections.Immutable;

namespace Nadhir.PublicPage;

/// <summary>What the public's page tells, and how many it serves.</summary>
public sealed record PublicOptions
{
    /// <summary>The distance of the nearest track of an alert is told, in steps of 5 km. Off: it shows how far sensors see.</summary>
    public bool Distance { get; init; }

    /// <summary>A zone that no working sensor watches over says so: silence is not calm.</summary>
    public bool Coverage { get; init; } = true;

    /// <summary>Streams open at once. One more is told to come back later, and asks for the state every few seconds until then.</summary>
    public int MaximumStreams { get; init; } = 12_000;

    /// <summary>How often a sign of life goes to everyone. A page that misses three says that its connection is lost.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often the boards are looked at: what a decision waits at most before it is told.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A listener whose line takes nothing for so long is let go.</summary>
    public TimeSpan LongestSend { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Knowledge older than this is no knowledge: the page says "not known" first and what it last knew after.</summary>
    public TimeSpan UnknownAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the built web application lies; the page works without it, by being loaded again and again.</summary>
    public string WebRoot { get; init; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>A port of its own for the public, on which nothing else is answered; null: the console's port only.</summary>
    public int? Port { get; init; }

    /// <summary>What a page shows so that its browser may subscribe to push messages; null: there are none.</summary>
    public string? PushKey { get; init; }

    /// <summary>The languages in which the page is offered.</summary>
    public PublicLanguages Languages { get; init; } = PublicLanguages.BuiltIn;

    /// <summary>Paths that the public's own port answers.</summary>
    public static readonly ImmutableArray<string> Paths = ["/zone", "/api/zones", "/api/zone-outlines", "/api/push", "/cap"];
}
