namespace Nadhir.Dossiers;

/// <summary>What lies in the folder and how to check it, for whoever opens it without knowing us.</summary>
static class DossierReadme
{
    /// <param name="replay">The command that plays the raw bytes again; null when they are not shown.</param>
    public static string Write(DossierContent content, DossierProfile profile, string language, string? replay)
    {
        Row record = content["record"].Rows[0], incident = content["incident"].Rows[0];
        string withheld = profile.Withhold.IsEmpty ? "nothing" : string.Join(", ", profile.Withhold);
        string arabic = language == "ar"
            ? "هذا ملف واقعة كما دوّنها النظام. لا يحكم النظام بشيء: ما قاله الناس منسوب إليهم، وما حسبه مذكور باحتماله.\n\n" : "";
        string exercise = record.Json("exercise") == "true" ? "EXERCISE. Nothing in this folder is about a real event.\n\n" : "";
        return $"""
            {exercise}{arabic}Dossier of incident {incident.Text("id")}: {incident.Text("title")}
            Profile "{profile.Name}"; withheld: {withheld}.
            Made by {record.Text("software")} from the record "{record.Text("name")}" ({record.Json("entries")} entries, root {record.Text("root")}).
            It states what was recorded. What people said is attributed to them; what was computed has its probability. It holds no verdict.

            dossier.pdf     for reading; the other files are what is proved
            dossier.json    everything as data; a row's "entry" is its entry in the journal
            fields.json     a salt for each shown field, a hash for each withheld one; the root is signed
            entries.jsonl   the journal entries quoted, each with its proof; raw sensor bytes among them (base 64)
            raw/            the raw bytes of each feed that led to the tracks, as they came (absent when withheld)
            replay.yaml     where their sensors stand, to play them again
            tracks.geojson, tracks.kml, plots.csv   the tracks for maps, their plots for spreadsheets
            checkpoint      the signed state of the journal; journal.pub the public key that signed it and the manifest
            manifest        the hash of every file and the root of the fields, signed

            Check it, offline, with the public key you had from us by another way:
              nadhir verify THIS_FOLDER --key journal.pub
              python3 verify_dossier.py THIS_FOLDER journal.pub      (independent; needs Python 3 and openssl)
            Look at the raw bytes: nadhir decode raw/FEED.bin --as FORMAT
            Play them again:       {replay ?? "not from this version: bytes or sensors are withheld"}
            Decide everything again, with the whole record: nadhir verify RECORD

            """.ReplaceLineEndings("\n");
    }
}
