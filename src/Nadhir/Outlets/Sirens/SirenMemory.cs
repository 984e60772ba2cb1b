using System.Globalization;
using Nadhir.Simulation.Sirens;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// Keeps the newest accepted command of a siren in a file, so that a command of before a power cut is not obeyed again.
/// One line: world, siren, epoch, sequence, command.
/// </summary>
sealed class SirenMemory(string file, bool exercise, string siren)
{
    string World => exercise ? "exercise" : "live";

    /// <summary>Null when there is no file yet.</summary>
    /// <exception cref="IOException">It cannot be read, or is of another siren or world: better no start than a wrong one.</exception>
    public SirenMark? Load()
    {
        try
        {
            if (!File.Exists(file)) return null;
            string[] words = File.ReadAllText(file).TrimEnd('\n').Split(' ', 5);
            if (words is not [var world, var id, var epoch, var sequence, var command]
                || !int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out int e)
                || !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long s))
                throw new IOException($"{file} is not a state of a siren; remove it when you know that no old command is about");
            if (world != World || id != siren) throw new IOException($"{file} is the state of {world} {id}, not of {World} {siren}");
            return new SirenMark(e, s, command);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"{file} cannot be read: {denied.Message}", denied);
        }
    }

    /// <summary>On disk when it returns; a fault in words, or null.</summary>
    public string? Save(SirenMark mark)
    {
        try
        {
            string line = string.Create(
                CultureInfo.InvariantCulture, $"{World} {siren} {mark.Epoch} {mark.Sequence} {mark.CommandId}\n");
            AtomicFile.Write(file, System.Text.Encoding.UTF8.GetBytes(line));
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be written, a repeated command would sound again after a power cut: {fault.Message}";
        }
    }
}
