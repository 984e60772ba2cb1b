using System.Globalization;

namespace Nadhir.Formats.Sapient;

/// <summary>
/// The messages of BSI Flex 335 v2.0, read from their embedded definition. The notation is told at its head: one line a
/// field, so that a change of the standard is a change of data.
/// </summary>
public static class Flex335
{
    const string Definition = "Sapient.Definitions.flex335-2.0.txt";

    static readonly Dictionary<string, SapientMessageType> messages = Read();

    /// <summary>The message that wraps all others.</summary>
    public static SapientMessageType Root { get; } = Message("SapientMessage");

    public static IEnumerable<SapientMessageType> Messages => messages.Values;

    public static SapientMessageType Message(string name) => messages[name];

    static Dictionary<string, SapientMessageType> Read()
    {
        using Stream? stream = typeof(Flex335).Assembly.GetManifestResourceStream(Definition);
        Invariant.Require(stream is not null, $"{Definition} is embedded");
        using StreamReader text = new(stream);
        return Read(text);
    }

    static Dictionary<string, SapientMessageType> Read(TextReader text)
    {
        Dictionary<string, SapientMessageType> read = new(StringComparer.Ordinal);
        Dictionary<string, SapientChoice> choices = new(StringComparer.Ordinal);
        List<(SapientField Field, string Type)> unresolved = [];
        SapientMessageType? current = null;
        while (text.ReadLine() is { } line)
        {
            if (line.TrimStart() is "" or ['#', ..]) continue;
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["message", var name]:
                    read.Add(name, current = new(name));
                    break;
                case ["enum", var name, var prefix, ":", .. var values]:
                    choices.Add(name, new(name, prefix, values));
                    break;
                case ["oneof", var name, .. var mark]:
                    current!.Add(new SapientOneOf(name, mark is ["!"]));
                    break;
                case [var number, var name, var type, .. var rules]:
                    unresolved.Add((Field(current!, number, name, type, rules, line), type.TrimEnd('*')));
                    break;
                default:
                    throw new InvariantBrokenException($"not a line of a definition: {line}");
            }
        }

        foreach ((SapientField field, string type) in unresolved) Resolve(field, type, read, choices);
        return read;
    }

    static SapientField Field(
        SapientMessageType message, string number, string name, string type, string[] rules, string line)
    {
        SapientField field = new(
            message, message.Fields.Count, int.Parse(number.TrimEnd('!'), CultureInfo.InvariantCulture), name)
        {
            Mandatory = number.EndsWith('!'),
            Repeated = type.EndsWith('*'),
        };
        for (int i = 0; i < rules.Length; i++)
        {
            switch (rules[i])
            {
                case "uuid": field.Rule = SapientRule.Uuid; break;
                case "ulid": field.Rule = SapientRule.Ulid; break;
                case "plain": field.Plain = true; break;
                case "of":
                    field.OneOf = message.OneOf(rules[++i]);
                    Invariant.Require(field.OneOf >= 0, $"{field} belongs to a oneof of its message");
                    break;
                case "is":
                    field.AllowOnly(line.Split('"')[1]);
                    i = rules.Length;
                    break;
                default: throw new InvariantBrokenException($"not a rule: {line}");
            }
        }

        message.Add(field);
        return field;
    }

    static void Resolve(
        SapientField field, string type,
        Dictionary<string, SapientMessageType> messages, Dictionary<string, SapientChoice> choices)
    {
        field.Message = messages.GetValueOrDefault(type);
        field.Choice = choices.GetValueOrDefault(type);
        field.Kind = type switch
        {
            "text" => SapientKind.Text,
            "bytes" => SapientKind.Bytes,
            "double" => SapientKind.Double,
            "float" => SapientKind.Float,
            "int" => SapientKind.Integer,
            "bool" => SapientKind.Flag,
            "time" => SapientKind.Time,
            _ when field.Message is not null => SapientKind.Message,
            _ when field.Choice is not null => SapientKind.Choice,
            _ => throw new InvariantBrokenException($"{field} is of an unknown type {type}"),
        };
    }
}
