using System.Collections.Immutable;
using System.Globalization;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// Which items a record of an edition must have and which it never has, from <c>Definitions/required.txt</c>. A field
/// specification with a wrong bit often names an item too many or one too few of these.
/// </summary>
sealed class RequiredItems
{
    const string Resource = "Asterix.Definitions.required.txt";
    static readonly Lazy<ImmutableArray<(int Category, int Type, bool Must, ImmutableArray<string> Items)>> table = new(Read);

    readonly CategoryDefinition category;
    readonly int typePlace;
    readonly ImmutableArray<(int Type, bool Must, ImmutableArray<string> Items)> rules;

    public RequiredItems(CategoryDefinition category)
    {
        this.category = category;
        typePlace = category.Profiles[0].PlaceOf("000");
        rules = [.. table.Value.Where(rule => rule.Category == category.Number).Select(rule => (rule.Type, rule.Must, rule.Items))];
    }

    public void Check(in AsterixRecord record, OddityTaker take)
    {
        int type = record.Has(typePlace) ? record.From(typePlace)[0] : -1;
        foreach ((int only, bool must, ImmutableArray<string> items) in rules)
        {
            if (only >= 0 && only != type) continue;
            foreach (string item in items)
            {
                if (!category.Items.ContainsKey(item)) continue;
                if (record.Has(record.Profile.PlaceOf(item)) != must) take(must ? Oddity.Missing : Oddity.OutOfPlace, item);
            }
        }
    }

    static ImmutableArray<(int Category, int Type, bool Must, ImmutableArray<string> Items)> Read()
    {
        using Stream? stream = typeof(RequiredItems).Assembly.GetManifestResourceStream(Resource);
        Invariant.Require(stream is not null, $"{Resource} is embedded");
        using StreamReader text = new(stream);
        List<(int, int, bool, ImmutableArray<string>)> read = [];
        while (text.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0] == "#") continue;
            bool limited = words[1].StartsWith("000=", StringComparison.Ordinal);
            string verb = words[limited ? 2 : 1];
            Invariant.Require(verb is "must" or "never", $"a rule of required items: {line}");
            int type = limited ? int.Parse(words[1].AsSpan(4), CultureInfo.InvariantCulture) : -1;
            read.Add((int.Parse(words[0], CultureInfo.InvariantCulture), type, verb == "must", [.. words[(limited ? 3 : 2)..]]));
        }

        return [.. read];
    }
}
