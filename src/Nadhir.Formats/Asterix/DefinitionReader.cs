using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// Reads our notation of a category (docs/asterix-notation.md). The files are our own and embedded, so a fault in one is
/// a fault of ours and breaks loudly.
/// </summary>
static class DefinitionReader
{
    /// <summary>A line with its depth (two blanks a level) and the lines below it.</summary>
    sealed record Line(string Text, List<Line> Below)
    {
        /// <summary>Words before the quoted title.</summary>
        public string[] Words { get; } = BeforeTitle(Text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        public string Title => Text.Contains('"') ? Text[(Text.IndexOf('"') + 1)..Text.LastIndexOf('"')] : "";

        static string BeforeTitle(string text) => text.Contains('"') ? text[..text.IndexOf('"')] : text;
    }

    public static CategoryDefinition Read(TextReader text)
    {
        List<Line> lines = ReadLines(text);
        Line head = lines.First(line => line.Words[0] == "category");
        FrozenDictionary<string, ItemDefinition> items = lines.Where(line => line.Words[0] == "item")
            .Select(ReadItem).ToFrozenDictionary(item => item.Id, StringComparer.Ordinal);
        ImmutableArray<UserApplicationProfile> profiles =
            [.. lines.Where(line => line.Words[0] == "uap").Select(line => ReadProfile(line, items))];
        Line? choose = lines.FirstOrDefault(line => line.Words[0] == "choose");
        return new()
        {
            Number = int.Parse(head.Words[1], CultureInfo.InvariantCulture),
            Edition = head.Words[2],
            Title = head.Title,
            Items = items,
            Profiles = profiles,
            Chooser = choose is null ? null : ReadChooser(choose, items, profiles),
        };
    }

    static List<Line> ReadLines(TextReader text)
    {
        Line root = new("", []);
        Stack<(int Depth, Line Line)> open = new([(-1, root)]);
        while (text.ReadLine() is { } row)
        {
            string content = row.TrimStart();
            if (content.Length == 0 || content[0] == '#') continue;
            int depth = row.Length - content.Length;
            while (open.Peek().Depth >= depth) open.Pop();
            Line line = new(content.TrimEnd(), []);
            open.Peek().Line.Below.Add(line);
            open.Push((depth, line));
        }

        return root.Below;
    }

    static UserApplicationProfile ReadProfile(Line line, FrozenDictionary<string, ItemDefinition> items)
    {
        int colon = Array.IndexOf(line.Words, ":");
        string[] ids = line.Words[(colon + 1)..];
        Invariant.Require(ids.Length <= 63, "a field specification has at most nine octets");
        return new(colon == 2 ? line.Words[1] : "", [.. ids.Select(id => items.GetValueOrDefault(id))]);
    }

    static ProfileChooser ReadChooser(
        Line line, FrozenDictionary<string, ItemDefinition> items, ImmutableArray<UserApplicationProfile> profiles)
    {
        string[] path = line.Words[1].Split('/');
        AsterixElement element = items[path[0]].Parts[0].Elements.First(e => e.Name == path[1]);
        return new(path[0], element, line.Words[2..].Select(word => word.Split('=')).ToFrozenDictionary(
            pair => long.Parse(pair[0], CultureInfo.InvariantCulture),
            pair => profiles.IndexOf(profiles.First(profile => profile.Name == pair[1]))));
    }

    static ItemDefinition ReadItem(Line line)
    {
        string[] words = line.Words;
        ItemStructure structure = (words[2], words.ElementAtOrDefault(3)) switch
        {
            ("fixed", _) => ItemStructure.Fixed,
            ("extended", _) => ItemStructure.Extended,
            ("repeat", "fx") => ItemStructure.RepetitiveExtended,
            ("repeat", _) => ItemStructure.Repetitive,
            ("explicit", _) => ItemStructure.Explicit,
            ("compound", _) => ItemStructure.Compound,
            _ => throw new InvariantBrokenException($"no structure in: {line.Text}"),
        };
        return new()
        {
            Id = words[1],
            Title = line.Title,
            Structure = structure,
            HeaderOctets = int.TryParse(words.ElementAtOrDefault(3), CultureInfo.InvariantCulture, out int octets) ? octets : 0,
            Parts = structure is ItemStructure.Explicit or ItemStructure.Compound ? [] : ReadParts(line, structure),
            Subitems =
            [
                .. line.Below.Where(below => below.Words[0] == "sub")
                    .Select(below => below.Words[1] == "-" ? null : ReadItem(below)),
            ],
        };
    }

    static ImmutableArray<ItemPart> ReadParts(Line item, ItemStructure structure)
    {
        List<ItemPart> parts = [];
        List<AsterixElement> elements = [];
        int bits = 0;
        foreach (Line line in item.Below)
        {
            if (line.Text == "fx")
            {
                EndPart(extends: true);
                continue;
            }

            int colon = line.Words[0].IndexOf(':');
            int width = int.Parse(line.Words[0].AsSpan(colon + 1), CultureInfo.InvariantCulture);
            if (line.Words[0][0] != '-') elements.Add(ReadElement(line, line.Words[0][..colon], bits, width));
            bits += width;
        }

        if (bits > 0) EndPart(structure == ItemStructure.RepetitiveExtended);
        return [.. parts];

        void EndPart(bool extends)
        {
            if (extends) bits++;
            Invariant.Require(bits % 8 == 0, $"item {item.Words[1]} fills its octets");
            parts.Add(new(bits / 8, [.. elements], extends));
            elements.Clear();
            bits = 0;
        }
    }

    static AsterixElement ReadElement(Line line, string name, int offset, int bits)
    {
        AsterixElement element = ReadKind(line.Words.AsSpan(1), new()
        {
            Name = name,
            Title = line.Title,
            BitOffset = offset,
            Bits = bits,
            Meanings = line.Below.Where(row => row.Words[0] == "=").ToFrozenDictionary(
                row => long.Parse(row.Words[1], CultureInfo.InvariantCulture),
                row => row.Text.Split(' ', 3).ElementAtOrDefault(2) ?? ""),
        });
        return element with
        {
            Cases = line.Below.Where(row => row.Words[0] == "?").ToFrozenDictionary(
                row => long.Parse(row.Words[1], CultureInfo.InvariantCulture),
                row => ReadKind(row.Words.AsSpan(2), element)),
        };
    }

    static AsterixElement ReadKind(ReadOnlySpan<string> words, AsterixElement element)
    {
        if (words.IsEmpty) return element;
        switch (words[0])
        {
            case "octal": return element with { Kind = ElementKind.Octal };
            case "ascii": return element with { Kind = ElementKind.Ascii };
            case "icao": return element with { Kind = ElementKind.SixBit };
            case "case": return element with { Kind = ElementKind.Case, DecidedBy = words[1] };
            default:
                (double factor, string unit) = ToSi(words[2]);
                ElementKind kind = words[0] == "s" ? ElementKind.Signed : ElementKind.Unsigned;
                return element with { Kind = kind, Factor = Fraction(words[1]) * factor, Unit = unit };
        }
    }

    /// <summary>Numbers of the form a, a/b, a/b^c.</summary>
    static double Fraction(string text)
    {
        string[] halves = text.Split('/');
        return Power(halves[0]) / (halves.Length > 1 ? Power(halves[1]) : 1);

        static double Power(string power)
        {
            string[] sides = power.Split('^');
            double number = double.Parse(sides[0], CultureInfo.InvariantCulture);
            return sides.Length > 1 ? Math.Pow(number, double.Parse(sides[1], CultureInfo.InvariantCulture)) : number;
        }
    }

    /// <summary>Factor to the SI unit. Degrees, decibels, Mach and per cent stay as they are.</summary>
    static (double Factor, string Unit) ToSi(string unit) => unit switch
    {
        "1" => (1, ""),
        "NM" => (Conversions.MetresPerNauticalMile, "m"),
        "FL" => (Conversions.MetresPerFlightLevel, "m"),
        "ft" => (Conversions.MetresPerFoot, "m"),
        "kt" => (Conversions.MetresPerSecondPerKnot, "m/s"),
        "NM/s" => (Conversions.MetresPerNauticalMile, "m/s"),
        "ft/min" => (Conversions.MetresPerFoot / 60, "m/s"),
        "mb" or "hPa" => (100, "Pa"),
        "MHz" => (1e6, "Hz"),
        "ms" => (1e-3, "s"),
        "ns" => (1e-9, "s"),
        "fs" => (1e-15, "s"),
        _ => (1, unit),
    };
}
