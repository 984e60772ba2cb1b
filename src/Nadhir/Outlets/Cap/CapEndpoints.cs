using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Nadhir.Formats.Cap;

namespace Nadhir.Outlets.Cap;

/// <summary>The feed and the messages over HTTP, for anyone: they are public by nature.</summary>
public static class CapEndpoints
{
    public static RouteGroupBuilder MapCap(
        this IEndpointRouteBuilder endpoints, CapStore store, string? certificate = null)
    {
        RouteGroupBuilder group = endpoints.MapGroup("/cap").WithTags("CAP");
        group.MapGet("/feed.atom", () => Answer(store.Feed(), "application/atom+xml"))
            .WithSummary("The latest messages, newest first (Atom, RFC 4287).");
        group.MapGet("/archive-{number:int:min(1)}.atom",
                (int number) => Answer(store.Feed(number), "application/atom+xml"))
            .WithSummary("Older messages, a hundred an archive (RFC 5005).");
        group.MapGet("/{identifier}.xml", (string identifier) => Answer(store.Message(identifier), AtomFeed.CapMediaType))
            .WithSummary("One message (OASIS CAP 1.2).");
        if (certificate is not null)
        {
            group.MapGet("/certificate.pem", () => Answer(Encoding.ASCII.GetBytes(certificate), "application/x-pem-file"))
                .WithSummary("The certificate whose key signs the messages. Compare it with one you have from elsewhere.");
        }

        return group;
    }

    static Results<FileContentHttpResult, NotFound> Answer(byte[]? bytes, string mediaType) => bytes is null
        ? TypedResults.NotFound()
        : TypedResults.File(bytes, $"{mediaType}; charset=utf-8", entityTag: new EntityTagHeaderValue(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\""));
}
