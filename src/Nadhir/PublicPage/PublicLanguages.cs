using System.Collections.Immutable;
using System.Text.Json;

namespace Nadhir.PublicPage;

/// <summary>
/// The languages of the public's page: one for each file in <c>Languages/</c>, which is built into the program. To add one
/// is to add its file.
/// </summary>
public sealed class PublicLanguages
{
    const string Folder = "languages/", Ending = ".json";

    readonly ImmutableSortedDictionary<string, PublicWords> words;

    PublicLanguages(ImmutableSortedDictionary<string, PublicWords> words) => this.words = words;

    /// <summary>Those that come with the program.</summary>
    public static PublicLanguages BuiltIn { get; } = Read();

    /// <summary>Their tags (BCP 47); English first, for whoever asks for none of them.</summary>
    public IEnumerable<string> Tags => words.Keys.OrderBy(tag => tag == "en" ? 0 : 1).ThenBy(tag => tag, StringComparer.Ordinal);

    /// <summary>The words of a language, or of English.</summary>
    internal PublicWords Of(string tag) => words.GetValueOrDefault(tag) ?? words["en"];

    internal IEnumerable<PublicWords> All => Tags.Select(Of);

    public bool Has(string tag) => words.ContainsKey(tag);

    /// <summary>These, and one more as its file has it.</summary>
    public PublicLanguages With(string tag, ReadOnlySpan<byte> file) => new(words.SetItem(tag, Parse(tag, file)));

    /// <summary>
    /// Of languages there are words in, that which a person who asked for one is told in: that one, whatever its region, else English,
    /// else the first; null when there are none.
    /// </summary>
    internal static string? Nearest(IEnumerable<string> tags, string language) => tags
        .OrderBy(tag => tag == language ? 0 : Spoken(tag) == Spoken(language) ? 1 : Spoken(tag) == "en" ? 2 : 3)
        .ThenBy(tag => tag, StringComparer.Ordinal).FirstOrDefault();

    static string Spoken(string tag) => tag.Split('-')[0];

    static PublicLanguages Read()
    {
        PublicLanguages languages = new(ImmutableSortedDictionary.Create<string, PublicWords>(StringComparer.Ordinal));
        foreach (string name in typeof(PublicLanguages).Assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(Folder, StringComparison.Ordinal)) continue;
            using Stream file = typeof(PublicLanguages).Assembly.GetManifestResourceStream(name)!;
            using MemoryStream bytes = new();
            file.CopyTo(bytes);
            languages = languages.With(name[Folder.Length..^Ending.Length], bytes.ToArray());
        }

        return languages;
    }

    static PublicWords Parse(string tag, ReadOnlySpan<byte> file) =>
        JsonSerializer.Deserialize(file, PublicWordsJson.Default.PublicWords)! with { Language = tag };
}
