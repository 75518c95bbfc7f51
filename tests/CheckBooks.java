import com.adobe.epubcheck.tool.EpubChecker;

/** Checks each book that is named, in one virtual machine; what is found of it is written beside it as JSON. */
public final class CheckBooks {
    private CheckBooks() {}

    public static void main(String[] books) {
        for (String book : books) {
            new EpubChecker().run(new String[] {book, "-q", "--json", book + ".json"});
        }
    }
}
