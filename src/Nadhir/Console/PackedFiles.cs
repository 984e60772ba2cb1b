using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Nadhir.DutyConsole;

/// <summary>
/// Sends the packed copy that the build laid beside a file (<c>main.js.br</c>, <c>main.js.gz</c>) to whoever takes it: packed
/// once, at its best, rather than anew for every console. Browsers take Brotli over HTTPS and from the machine itself, else gzip.
/// </summary>
sealed class PackedFiles(IFileProvider files)
{
    /// <summary>Best first.</summary>
    static readonly (string Coding, string Ending)[] Copies = [("br", ".br"), ("gzip", ".gz")];

    const string Unnamed = "application/octet-stream";

    static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>What the middleware for files must know to send copies at all.</summary>
    public IContentTypeProvider ContentTypes { get; } = new FileExtensionContentTypeProvider(
        new Dictionary<string, string>(Types.Mappings, StringComparer.OrdinalIgnoreCase) { [".br"] = Unnamed, [".gz"] = Unnamed });

    /// <summary>Points the request to the best copy there is.</summary>
    public void Choose(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return;
        if (request.Path.Value is not { Length: > 1 } path) return;
        foreach ((string coding, string ending) in Copies)
        {
            IFileInfo copy = files.GetFileInfo(path + ending);
            // A copy that an earlier build left behind is of another content.
            if (!copy.Exists || copy.LastModified < files.GetFileInfo(path).LastModified) continue;
            context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (!Takes(request, coding)) continue;
            request.Path = path + ending;
            context.Items[typeof(PackedFiles)] = (coding, path);
            return;
        }
    }

    /// <summary>Says of a copy that is being sent what it is a copy of, and how it is packed.</summary>
    public static void Describe(HttpContext context)
    {
        if (context.Items[typeof(PackedFiles)] is not (string coding, string path)) return;
        context.Response.Headers.ContentEncoding = coding;
        context.Response.ContentType = Types.TryGetContentType(path, out string? type) ? type : Unnamed;
    }

    static bool Takes(HttpRequest request, string coding) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out IList<StringWithQualityHeaderValue>? all)
        && all.Any(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
}
