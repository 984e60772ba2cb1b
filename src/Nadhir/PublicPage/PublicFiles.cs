using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Nadhir.PublicPage;

/// <summary>The few built files of the public's page, read once. Without them the page works by being loaded again.</summary>
sealed class PublicFiles
{
    readonly Dictionary<string, (byte[] Bytes, string Type, EntityTagHeaderValue Tag)> files = new(StringComparer.Ordinal);

    public PublicFiles(string webRoot)
    {
        foreach ((string name, string type) in ((string, string)[])
        [
            ("zone.js", "text/javascript"), ("worker.js", "text/javascript"), ("icon-192.png", "image/png"), ("icon-512.png", "image/png"),
        ])
        {
            string path = Path.Combine(webRoot, "zone", name);
            if (!File.Exists(path)) continue;
            byte[] bytes = File.ReadAllBytes(path);
            files[name] = (bytes, type, Tag(bytes));
        }
    }

    public bool HasScript => files.ContainsKey("zone.js");

    /// <summary>Of all the files together: a phone fetches them once.</summary>
    public long Bytes => files.Values.Sum(file => file.Bytes.Length);

    public IResult Answer(string name) => files.TryGetValue(name, out (byte[] Bytes, string Type, EntityTagHeaderValue Tag) file)
        ? TypedResults.File(file.Bytes, file.Type, entityTag: file.Tag)
        : TypedResults.NotFound();

    public static EntityTagHeaderValue Tag(ReadOnlySpan<byte> bytes) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
}
