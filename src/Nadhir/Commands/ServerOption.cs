using System.CommandLine;

namespace Nadhir.Commands;

/// <summary><c>--server URL</c>: a running system that an order is sent to.</summary>
static class ServerOption
{
    public static Option<Uri?> Create(string description) => new("--server")
    {
        Description = description,
        CustomParser = given =>
        {
            string text = given.Tokens is [var token] ? token.Value : "";
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)) return address;
            given.AddError($"'{text}' is no address like http://127.0.0.1:8470");
            return null;
        },
    };
}
