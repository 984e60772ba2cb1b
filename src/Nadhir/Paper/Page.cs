namespace Nadhir.Paper;

/// <summary>Something to be printed or shown as a page: the same blocks become PDF and HTML.</summary>
sealed record Paper(string Title, string Language, bool Exercise, DateTimeOffset Created, IReadOnlyList<Block> Blocks)
{
    public bool RightToLeft => Language == "ar";

    /// <summary>Stands on every page of an exercise.</summary>
    public string ExerciseMark => Language == "ar" ? "تمرين — EXERCISE" : "EXERCISE";

    /// <summary>Text that keeps its own order, left to right, among words of either direction: times, numbers, names.</summary>
    public static string Ltr(string text) => $"\u2066{text}\u2069";

    /// <summary>Text whose direction is its own: a quotation of unknown language.</summary>
    public static string Own(string text) => $"\u2068{text}\u2069";
}

abstract record Block
{
    Block() { }

    public sealed record Heading(string Text) : Block;

    public sealed record Words(string Text, bool Strong = false) : Block;

    /// <param name="Shares">Widths of the columns, relative.</param>
    public sealed record Table(IReadOnlyList<string> Head, IReadOnlyList<double> Shares, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;

    /// <param name="Aspect">Height over width.</param>
    public sealed record Picture(double Aspect, IReadOnlyList<Mark> Marks) : Block;
}

/// <summary>Part of a picture; places from 0 to 1 across its width, downwards in the same unit.</summary>
abstract record Mark
{
    Mark() { }

    /// <param name="Colour">RRGGBB.</param>
    public sealed record Line(IReadOnlyList<(double X, double Y)> Points, string Colour, double Width, bool Closed = false, string? Fill = null, bool Dashed = false) : Mark;

    public sealed record Label(double X, double Y, string Text, string Colour) : Mark;
}
