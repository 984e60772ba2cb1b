using System.Collections.Immutable;
using Nadhir.Formats.Sirens;

namespace Nadhir.Outlets.Sirens;

/// <summary>Reads a secret of sirens from a file or an environment variable.</summary>
static class SirenSecrets
{
    /// <exception cref="IOException">It is not there, or not a secret; says which and why.</exception>
    public static ImmutableArray<byte> Read(string? file, string? variable)
    {
        string where = file is not null ? $"the file {file}" : $"the environment variable {variable}";
        string? text;
        try
        {
            text = file is not null ? File.ReadAllText(file) : Environment.GetEnvironmentVariable(variable!);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"{where} cannot be read: {denied.Message}", denied);
        }

        if (text is null) throw new IOException($"{where} is not set");
        if (!SirenKey.TryReadSecret(text, out byte[] secret, out string fault)) throw new IOException($"{where}: {fault}");
        return [.. secret];
    }
}
