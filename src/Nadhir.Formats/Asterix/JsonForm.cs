namespace Nadhir.Formats.Asterix;

/// <summary>How an element is written as JSON: found once.</summary>
/// <remarks>
/// A scaled number is written exactly when its unit has at most nine decimals in SI, else rounded to a ten-thousandth
/// of its least significant bit or finer, so that the bits can always be had back. Nobody needs 33.249999999999996.
/// </remarks>
sealed class JsonForm
{
    const int MostExact = 9, MostDecimals = 13;

    public JsonForm(string name, double factor, bool isPlain)
    {
        Name = name.Length > 0 ? JsonLine.Quote(name) : [];
        Decimals = isPlain ? 0 : DecimalsOf(factor);
        Scale = Decimals < 0 ? 1 : Math.Pow(10, Decimals);
    }

    public static JsonForm Of(AsterixElement element) => new(
        element.Name, element.Kind == ElementKind.Case ? 0 : element.Factor,
        element.Kind is not (ElementKind.Signed or ElementKind.Unsigned or ElementKind.Case))
    {
        IsText = element.HasTextKind,
        RegisterPart = element.Name switch
        {
            "MBDATA" or "BDSDATA" when element.Bits == 56 => RegisterPart.Contents,
            "BDS1" when element.Bits == 4 => RegisterPart.HighDigit,
            "BDS2" when element.Bits == 4 => RegisterPart.LowDigit,
            _ => RegisterPart.None,
        },
    };

    /// <summary>Quoted, with its colon; empty when the element has no name.</summary>
    public byte[] Name { get; }
    /// <summary>−1: as short as the number can be said.</summary>
    public int Decimals { get; }
    public double Scale { get; }
    public bool IsText { get; private init; }
    public RegisterPart RegisterPart { get; private init; }

    static int DecimalsOf(double factor)
    {
        if (!(factor > 0)) return -1;
        double scale = 1;
        for (int decimals = 0; decimals <= MostExact; decimals++, scale *= 10)
        {
            double units = factor * scale;
            if (units >= 1 && Math.Abs(units - Math.Round(units)) < 1e-12 * units) return decimals;
        }

        int enough = Math.Max(0, (int)Math.Ceiling(4 - Math.Log10(factor)));
        return enough <= MostDecimals ? enough : -1;
    }
}
