using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nadhir;

/// <summary>
/// The one JSON of the journal: camelCase, enums by name, absent instead of null, numbers in their shortest form that
/// reads back to the same bits. The same value always gives the same bytes.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(WatchConfiguration))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(Boards))]
public sealed partial class WatchJson : JsonSerializerContext
{
    /// <summary>
    /// For what comes from outside, commands and receipts: a member that is missing, or null where null means nothing, is
    /// a fault.
    /// </summary>
    public static WatchJson Strict => strict.Value;

    static readonly Lazy<WatchJson> strict = new(() => new(new JsonSerializerOptions(Default!.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    }));

    public static byte[] Encode(WatchConfiguration value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Default.WatchConfiguration);

    public static byte[] Encode(Command value) => JsonSerializer.SerializeToUtf8Bytes(value, Default.Command);
    public static byte[] Encode(Receipt value) => JsonSerializer.SerializeToUtf8Bytes(value, Default.Receipt);
    public static byte[] Encode(Decision value) => JsonSerializer.SerializeToUtf8Bytes(value, Default.Decision);
}
