using System.Collections.Frozen;
using System.Text;

namespace Nadhir.Ingest;

/// <summary>Who a verb may speak for, when nobody is named beside it.</summary>
enum VerbForm : byte { Any, Masculine, Feminine, Plural }

/// <summary>
/// Words of Arabic reports in their plain form: without vowel signs and lengthening strokes, every alif bare. Only words
/// that leave no doubt stand here: what is not found is left to people.
/// </summary>
static class ArabicWords
{
    const char Tatweel = '\u0640', SuperscriptAlif = '\u0670';

    /// <summary>Verbs of speech, with "that", a colon or a quotation after or before them.</summary>
    public static readonly FrozenDictionary<string, VerbForm> Verbs = Forms(
        "قال اكد اضاف اوضح ذكر اعلن صرح اشار لفت نفى كشف افاد شدد اعتبر حذر تابع زعم ادعى نوه اقر استطرد كتب يقول يؤكد يضيف يوضح",
        "قالت اكدت اضافت اوضحت ذكرت اعلنت صرحت اشارت لفتت نفت كشفت افادت شددت اعتبرت حذرت تابعت زعمت ادعت نوهت اقرت استطردت بينت كتبت تقول تؤكد تضيف توضح",
        "قالوا اكدوا اضافوا اوضحوا ذكروا اعلنوا افادوا زعموا");

    /// <summary>What is denied is quoted with its denial.</summary>
    public static readonly FrozenSet<string> Denials = WordSet.Of("نفى نفت");

    /// <summary>Before a verb: that it was said is not told, or is in question.</summary>
    public static readonly FrozenSet<string> Unsaid = WordSet.Of("لم ولم لا ولا لن ولن ما وما اذا لو هل ان دون قبل حتى");

    /// <summary>"أعلنت الشرطة مقتل …", "أفادت مصادر بإصابة …": nouns that cannot be part of who says it.</summary>
    public static readonly FrozenSet<string> Announced = WordSet.Of("مقتل اصابة سقوط وقوع اغلاق اخلاء استشهاد وفاة تعرض اندلاع اعتراض");
    public static readonly FrozenSet<string> Announcing = WordSet.Of("اعلن اعلنت اكد اكدت نفى نفت ذكر ذكرت");
    public static readonly FrozenSet<string> Informing = WordSet.Of("افاد افادت افادوا");

    /// <summary>Between the words of one and another's.</summary>
    public static readonly FrozenSet<string> Boundaries = WordSet.Of("لكن ولكن فيما بينما وفيما كما الا");

    /// <summary>"adding that", "pointing out that": the one before goes on.</summary>
    public static readonly FrozenSet<string> Going = WordSet.Of(
        "مضيفا مضيفة مؤكدا مؤكدة موضحا موضحة مبينا مبينة مشيرا مشيرة لافتا لافتة مشددا مشددة محذرا محذرة معتبرا معتبرة مردفا متابعا قائلا قائلة");

    public static readonly FrozenSet<string> Quoting = WordSet.Of("نقل نقلت");
    public static readonly FrozenSet<string> HisWords = WordSet.Of("قوله قولها قولهم قولهما تاكيده تاكيدها تاكيدهم");
    public static readonly FrozenSet<string> According = WordSet.Of("بحسب حسب وفق وفقا طبقا");
    public static readonly FrozenSet<string> Joining = WordSet.Of("ان بان");
    static readonly FrozenSet<string> joiningWithPronoun = WordSet.Of("انه انها انهم انهن انهما اننا انني بانه بانها بانهم بانهما باننا");
    public static readonly FrozenSet<string> BeforeThat = WordSet.Of("الى على من عن ب");

    /// <summary>Heads of phrases for people and offices who speak.</summary>
    public static readonly FrozenSet<string> Speakers = WordSet.Of(
        "مصدر المصدر مصادر المصادر متحدث المتحدث المتحدثة ناطق الناطق الناطقة وزير الوزير وزيرة وزارة الوزارة رئيس الرئيس محافظ المحافظ قائد القائد "
        + "مدير المدير مديرة مديرية شرطة الشرطة الجيش شاهد شهود الشهود مسؤول المسؤول مسؤولون ضابط الضابط سكان السكان اهالي الاهالي طبيب الطبيب بلدية البلدية "
        + "قيادة القيادة هيئة الهيئة دائرة الدائرة مكتب المكتب بيان البيان حكومة الحكومة سفارة السفارة مستشفى المستشفى نائب النائب عمدة العمدة الدفاع");

    /// <summary>Heads of phrases that name nobody, without the article.</summary>
    public static readonly FrozenSet<string> Anonymous = WordSet.Of("مصدر مصادر شاهد شهود");
    public static readonly FrozenSet<string> AnonymousAlone = WordSet.Of("مسؤول مسؤولون مسؤولين ضابط سكان اهالي دبلوماسي ناشط طبيب موظف احد بعض");
    public static readonly FrozenSet<string> PluralHeads = WordSet.Of("شهود الشهود سكان السكان اهالي الاهالي مسؤولون");

    /// <summary>Where the name of the speaker ends and what stands about the speaking begins.</summary>
    public static readonly FrozenSet<string> Circumstances = WordSet.Of(
        "خلال عبر عقب بعد قبل اثناء اليوم امس مساء صباح فجر ليل ظهر عصر يوم حول بشان ردا الذي التي الذين طلب طلبت رفض رفضت مشترطا مفضلا على ان الاحد الاثنين الثلاثاء "
        + "الاربعاء الخميس الجمعة السبت للصحفيين للصحافيين لوكالة لقناة لصحيفة لموقع لاذاعة لشبكة لمراسل");
    public static readonly FrozenSet<string> Occasions = WordSet.Of("بيان تصريح تصريحات مؤتمر حديث مقابلة كلمة منشور تغريدة اتصال لقاء وقت رسالة تدوينة بيانه حديثه");

    /// <summary>Joins another clause to what was said.</summary>
    public static readonly FrozenSet<string> Meanwhile = WordSet.Of("فيما بينما وفيما كما وكما");

    /// <summary>Frequent in Arabic, and not in the other languages of its letters.</summary>
    public static readonly FrozenSet<string> Common = WordSet.Of(
        "في من على الى ان عن التي الذي هذا هذه ذلك كان كانت قد لم لا ما مع بعد قبل بين كما فيما قال وقال اكد واكد اضاف واضاف بحسب وفق عند حتى او ثم كل اي حيث انه انها "
        + "وان وانه اليوم امس يوم خلال");

    /// <summary>Without vowel signs; alif of any kind bare.</summary>
    public static string Plain(string word)
    {
        StringBuilder plain = new(word.Length);
        foreach (char c in word)
        {
            if (c is (>= '\u064B' and <= '\u0652') or Tatweel or SuperscriptAlif) continue;
            plain.Append(c is 'أ' or 'إ' or 'آ' or 'ٱ' ? 'ا' : c is >= '\u0660' and <= '\u0669' ? (char)('0' + c - '\u0660') : c);
        }

        return plain.ToString();
    }

    /// <summary>Without "and" or "so" written together with a word that is known without it.</summary>
    public static string Bare(string plain, Func<string, bool> isKnown) =>
        plain.Length > 2 && plain[0] is 'و' or 'ف' && !isKnown(plain) && isKnown(plain[1..]) ? plain[1..] : plain;

    public static bool IsThat(string plain) => Joining.Contains(plain) || joiningWithPronoun.Contains(plain);

    /// <summary>Of a phrase: what its first word says of who goes on.</summary>
    public static VerbForm FormOf(string head) =>
        PluralHeads.Contains(head) ? VerbForm.Plural
        : head.EndsWith('ة') || head is "مصادر" or "المصادر" or "شرطة" ? VerbForm.Feminine : VerbForm.Masculine;

    static FrozenDictionary<string, VerbForm> Forms(string masculine, string feminine, string plural) => new[]
    {
        (masculine, VerbForm.Masculine), (feminine, VerbForm.Feminine), (plural, VerbForm.Plural),
    }.SelectMany(each => each.Item1.Split(' ').Select(word => (word, each.Item2))).ToFrozenDictionary(each => each.word, each => each.Item2, StringComparer.Ordinal);
}
