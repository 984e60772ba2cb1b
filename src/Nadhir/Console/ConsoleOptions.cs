namespace Nadhir.DutyConsole;

/// <summary>How the console is served.</summary>
public sealed record ConsoleOptions
{
    /// <summary>
    /// The secret of the operators' consoles, sent as a bearer token. Without one, only a browser on this machine is an
    /// operator. It proves that the console is one of ours, not who sits before it: the name in a command is their word.
    /// </summary>
    public string? OperatorToken { get; init; }

    /// <summary>The secret of the people who report what they see: it lets them do that and nothing else.</summary>
    public string? ObserversToken { get; init; }

    /// <summary>How often boards and tracks are looked at and sent: 10 Hz, what an eye can follow.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Streams open at once, boards, tracks and the past that is played counted apart: a hundred consoles and some. One more is refused, so that no crowd starves the watch.</summary>
    public int MaximumStreams { get; init; } = 400;

    /// <summary>Maps of others under the console's own.</summary>
    public MapSources Map { get; init; } = new();

    /// <summary>Where the built web application lies. Default: the folder <c>wwwroot</c> beside the program.</summary>
    public string WebRoot { get; init; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");
}
