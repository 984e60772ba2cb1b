using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nadhir.Warning;

namespace Nadhir.PublicPage;

using Names = ImmutableSortedDictionary<string, string>;

/// <summary>The zones by name, place and kinship. Never changes.</summary>
sealed class ZoneDirectory
{
    /// <summary>A line of parents longer than this is cut: a circle of parents must not hang anything.</summary>
    const int MostParents = 16;

    readonly Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
    readonly string[] searched;
    readonly Lazy<byte[]> outlines;

    public ZoneDirectory(ImmutableArray<Zone> zones, PublicLanguages? languages = null)
    {
        (Zones, Languages) = (zones, languages ?? PublicLanguages.BuiltIn);
        for (int i = 0; i < zones.Length; i++) indexOf.TryAdd(zones[i].Id, i);
        Names = [.. zones.Select(zone => NamesOf(zone, Languages))];
        Chains = [.. zones.Select((_, i) => ChainOf(i))];
        List<int>[] within = [.. zones.Select(_ => new List<int>())];
        for (int i = 0; i < zones.Length; i++)
            foreach (int above in Chains[i].Skip(1)) within[above].Add(i);
        Within = [.. within.Select(list => list.ToImmutableArray())];
        searched = [.. Names.Select(names => string.Join('\n', names.Values.Select(Fold)))];
        outlines = new(() => Outline(zones, Names));
    }

    public ImmutableArray<Zone> Zones { get; }

    public PublicLanguages Languages { get; }

    /// <summary>By index: names by language, those of the page among them.</summary>
    public ImmutableArray<Names> Names { get; }

    /// <summary>By index: the zone itself, then what it lies in, outward.</summary>
    public ImmutableArray<ImmutableArray<int>> Chains { get; }

    /// <summary>By index: everything in it, without itself.</summary>
    public ImmutableArray<ImmutableArray<int>> Within { get; }

    /// <summary>All outlines as JSON, so that a phone can look for itself without saying where it is.</summary>
    public byte[] Outlines => outlines.Value;

    public int IndexOf(string zone) => indexOf.GetValueOrDefault(zone, -1);

    public ZoneName NameOf(int zone) => new(Zones[zone].Id, Names[zone]);

    /// <summary>Zones with a name, in any language, that contains the words; all for none.</summary>
    public IEnumerable<int> Find(string words)
    {
        string folded = Fold(words);
        return Enumerable.Range(0, Zones.Length).Where(i => searched[i].Contains(folded, StringComparison.Ordinal));
    }

    /// <summary>As people type: without case and vowel marks, alef and its like written alike.</summary>
    internal static string Fold(string text)
    {
        StringBuilder folded = new(text.Length);
        foreach (char c in text.Trim())
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || c is 'ـ' or '-' or '\'') continue;
            folded.Append(c switch
            {
                'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
                'ى' or 'ئ' => 'ي',
                'ؤ' => 'و',
                'ة' => 'ه',
                _ => char.ToLowerInvariant(c),
            });
        }

        return folded.ToString();
    }

    static Names NamesOf(Zone zone, PublicLanguages languages)
    {
        Names names = zone.Names;
        foreach (string language in languages.Tags)
            if (!names.ContainsKey(language)) names = names.Add(language, zone.Name);
        return names;
    }

    ImmutableArray<int> ChainOf(int zone)
    {
        List<int> chain = [];
        for (int at = zone; at >= 0 && chain.Count < MostParents && !chain.Contains(at);)
        {
            chain.Add(at);
            at = Zones[at].Parent is { } parent ? IndexOf(parent) : -1;
        }

        return [.. chain];
    }

    static byte[] Outline(ImmutableArray<Zone> zones, ImmutableArray<Names> names)
    {
        ImmutableArray<ZoneOutline> all =
        [
            .. zones.Select((zone, i) => zone.Area.Centre is { } centre
                ? new ZoneOutline(zone.Id, names[i])
                {
                    Centre = Pair(centre), RadiusMetres = zone.Area.RadiusMetres,
                }
                : new ZoneOutline(zone.Id, names[i])
                {
                    Rings = [.. zone.Area.Rings.Select(ring => ring.Select(Pair).ToArray())],
                }),
        ];
        return JsonSerializer.SerializeToUtf8Bytes(all, PublicJson.Default.ImmutableArrayZoneOutline);
    }

    /// <summary>To a ten-thousandth of a degree, some 11 m.</summary>
    static double[] Pair(Geodesy.GeoPoint point) =>
        [Math.Round(point.LatitudeDegrees, 4), Math.Round(point.LongitudeDegrees, 4)];
}
