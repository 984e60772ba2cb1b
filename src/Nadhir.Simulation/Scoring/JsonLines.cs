using System.Text.Json;

namespace Nadhir.Simulation.Scoring;

/// <summary>Files of one JSON object a line.</summary>
static class JsonLines
{
    /// <exception cref="InvalidDataException">A line that cannot be used, with its file and number.</exception>
    public static void Each(string path, Action<JsonElement> use)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using JsonDocument row = JsonDocument.Parse(line);
                use(row.RootElement);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
                or FormatException or InvalidDataException)
            {
                throw new InvalidDataException($"{Path.GetFileName(path)}, line {number}: {e.Message}", e);
            }
        }
    }
}
