using Nadhir.Dossiers;
using Nadhir.Journal;
using Nadhir.Paper;
using Nadhir.Storage;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Dossiers;

/// <summary>The acceptance scenario's record, made once, and dossiers of its incident.</summary>
public sealed class BabilDossier : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-dossier-").FullName;
    readonly Dictionary<string, Dossier> made = new(StringComparer.Ordinal);

    public string Record => Path.Combine(folder, "record");
    public string Folder => folder;

    internal INoteSigner Signer { get; } = SigningKey.ForExercise("exercise/babil-2024");

    public async ValueTask InitializeAsync()
    {
        if (global::Nadhir.Configuration.CountriesFile.Find() is null) return;
        (int code, string _, string errors) =
            await NadhirProcess.Run("run", "babil-2024", "--variant", "45", "--seed", "1", "--recon-minutes", "2", "--out", Record);
        Assert.True(code == 0, errors);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal Dossier this[string profile] => made.TryGetValue(profile, out Dossier? known) ? known : made[profile] = Make(profile);

    internal Dossier Make(string profile) => Make(DossierProfile.Standard.Single(one => one.Name == profile));

    internal Dossier Make(DossierProfile chosen)
    {
        if (!Directory.Exists(Record)) Assert.Skip("the borders were not prepared (./nadhir builds them from npm packages)");
        return DossierMaker.Make(Record, "INC-001", Signer, chosen, "en", (content, watch) =>
            PdfPages.Write(DossierPages.Of(content, chosen, "en", watch), Fonts()));
    }

    internal static PageFonts Fonts()
    {
        try
        {
            return PageFonts.Load();
        }
        catch (FontsMissingException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    internal static SortedDictionary<string, byte[]> Copy(Dossier dossier) =>
        new(dossier.Files.ToDictionary(file => file.Key, file => file.Value.ToArray()), StringComparer.Ordinal);
}
