using System.Globalization;

namespace Nadhir.Hosting;

/// <summary>
/// A file beside the record in which a system that stands by says every second how far it has come, so that the one that
/// writes can tell when it no longer does: a standby that is dead and believed in is worse than none.
/// </summary>
static class StandbyNote
{
    const string Name = "standby";
    static readonly TimeSpan silent = TimeSpan.FromSeconds(10);

    public static void Write(string folder, long followed)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, Name), followed.ToString(CultureInfo.InvariantCulture) + "\n");
        }
        catch (IOException)
        {
            // The one that writes will say that it hears nothing.
        }
    }

    public static void Remove(string folder)
    {
        if (Directory.Exists(folder)) File.Delete(Path.Combine(folder, Name));
    }

    /// <summary>What is wrong with whoever stands by; null when nothing is, or nobody ever did.</summary>
    public static Cause? Fault(string folder, TimeProvider clock)
    {
        FileInfo note = new(Path.Combine(folder, Name));
        if (!note.Exists) return null;
        TimeSpan age = clock.GetUtcNow() - new DateTimeOffset(note.LastWriteTimeUtc, TimeSpan.Zero);
        return age <= silent ? null : Cause.Of(CauseCode.StandbySilent, (long)age.TotalSeconds);
    }
}
