// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the sources and checks the rules of ARCHITECTURE.md, naming the file and line of each
// violation.

#include "tests/core/roomtable.h"

#include <QDir>
#include <QDirIterator>
#include <QHash>
#include <QLibraryInfo>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::test;

namespace {
const QString kSource = QStringLiteral(QUEUEDECK_SOURCE_DIR);

// Third-party headers that only some rooms may include: a Qt module, or the start of a path.
const QMap<QString, QStringList>& foreignHomes()
{
    static const QMap<QString, QStringList> kHomes{
        {u"QtWidgets"_s, {u"ui"_s, u"app"_s}},
        {u"QtCharts"_s, {u"ui"_s, u"app"_s}},
        {u"QtDBus"_s, {u"core/alerts"_s}},
        {u"QtSql"_s, {u"core/db"_s, u"core/store"_s, u"app"_s}},
        {u"QtNetwork"_s, {u"core/net"_s, u"app"_s}},
        {u"curl/"_s, {u"core/net"_s}},
        {u"libpq-fe.h"_s, {u"core/db"_s}},
        {u"sqlite3.h"_s, {u"core/db"_s}},
        {u"boost/beast"_s, {u"tests"_s}},
        {u"boost/asio"_s, {u"core/endpoint"_s}},
        {u"valijson/"_s, {u"core/domain"_s}},
        {u"tesseract/"_s, {u"core/handlers"_s}},
        {u"leptonica/"_s, {u"core/handlers"_s}},
        {u"seccomp.h"_s, {u"core/handlers"_s}},
        {u"orcus/"_s, {u"core/tabular"_s}},
        {u"ixion/"_s, {u"core/tabular"_s}},
        {u"xlsxwriter"_s, {u"core/tabular"_s}},
        {u"qt6keychain/"_s, {u"core/secrets"_s}},
        {u"CLI/"_s, {u"app"_s}},
    };
    return kHomes;
}

// "QtWidgets" for "QLabel", by where Qt keeps the header; empty for headers of other libraries.
QString qtModuleOf(const QString& header)
{
    static const QHash<QString, QString> kModules = [] {
        QHash<QString, QString> modules;
        for (const QString& module :
             {u"QtWidgets"_s, u"QtCharts"_s, u"QtSql"_s, u"QtNetwork"_s, u"QtDBus"_s}) {
            const QDir folder(QLibraryInfo::path(QLibraryInfo::HeadersPath) + u'/' + module);
            for (const QString& name : folder.entryList(QDir::Files))
                modules.insert(name, module);
        }
        return modules;
    }();
    const qsizetype slash = header.indexOf(u'/');
    return slash > 0 && header.startsWith("Qt"_L1) ? header.left(slash) : kModules.value(header);
}

// Replaces line and block comments with spaces, so that lines keep their numbers. String literals
// stay as they are.
QString withoutComments(QString text)
{
    static const QRegularExpression kComment(u"\"(?:\\\\.|[^\"\\\\\\n])*\"|//[^\\n]*|/\\*.*?\\*/"_s,
                                             QRegularExpression::DotMatchesEverythingOption);
    for (auto found = kComment.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        if (match.capturedView().startsWith(u'"'))
            continue;
        for (qsizetype i = match.capturedStart(); i < match.capturedEnd(); ++i) {
            if (text[i] != u'\n')
                text[i] = u' ';
        }
    }
    return text;
}

QString includeFault(const QString& room, const QString& header, bool isOurs)
{
    if (isOurs) {
        const QStringList& allowed = permissions().value(room);
        if (header.startsWith(room + u'/'))
            return {};
        for (const QString& used : allowed) {
            if (isHeader(used) ? header == used : header.startsWith(used + u'/'))
                return {};
        }
        return u"%1 may not include %2; its CMakeLists.txt links %3."_s.arg(
            room, header, allowed.isEmpty() ? u"nothing of ours"_s : allowed.join(u", "_s));
    }
    const QString module = qtModuleOf(header);
    for (auto home = foreignHomes().begin(); home != foreignHomes().end(); ++home) {
        const bool isMeant =
            module.isEmpty() ? header.startsWith(home.key()) : module == home.key();
        if (isMeant && !home->contains(room))
            return u"%1 may not include <%2>: %3 is for %4."_s.arg(room, header, home.key(),
                                                                   home->join(u", "_s));
    }
    return {};
}

// All violations in a file, each as "path:line: sentence".
QStringList faultsOf(const QString& path, const QString& source)
{
    static const QRegularExpression kInclude(u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s);
    static const QRegularExpression kSql(u"\\b(SELECT\\b.*\\bFROM|INSERT INTO|UPDATE \\S+ "
                                         u"SET|DELETE FROM|CREATE (TABLE|INDEX|SCHEMA)|"
                                         "ALTER TABLE|DROP TABLE)\\b"_s);
    static const QRegularExpression kNested(
        u"\\bprocessEvents\\s*\\(|\\bQEventLoop\\b|(\\.|->)exec\\s*\\(|"
        "QMessageBox::(question|warning|information|critical)|QFileDialog::get|QInputDialog::get"_s);
    // Rich text, and tooltips that bypass the one function that keeps them plain.
    static const QRegularExpression kRich(
        u"\\bsetToolTip\\s*\\(|\\bQToolTip::|Qt::(Rich|Auto|Markdown)Text|"
        "\\b(setHtml|insertHtml|appendHtml|setMarkdown)\\s*\\("_s);
    // What lupdate does not see stays English.
    static const QRegularExpression kUntranslated(
        u"\\bfail\\(\\s*(base::)?ErrorKind::\\w+,\\s*u\"|#\\s*define\\s+\\w+\\(.*QT_TRANSLATE"_s);
    static const QStringList kHomesOfSql{u"core/db"_s, u"core/store"_s};
    const QString room = roomOf(path);
    QStringList faults;
    const QString code = withoutComments(source);
    const QStringList lines = code.split(u'\n');
    const auto report = [&](qsizetype line, const QString& sentence) {
        faults.append(u"%1:%2: %3"_s.arg(path).arg(line + 1).arg(sentence));
    };
    if (!source.startsWith("// SPDX-License-Identifier: GPL-3.0-or-later\n"_L1))
        report(0, u"The first line must be the SPDX licence line."_s);
    if (!permissions().contains(room))
        report(0, u"%1 is no room that CMake knows."_s.arg(room));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto include = kInclude.match(lines[i]);
        if (include.hasMatch()) {
            const QString header = include.captured(2);
            const bool isOurs = header.startsWith("core/"_L1) || header.startsWith("ui/"_L1) ||
                                header.startsWith("app/"_L1);
            if (include.captured(1) == u"\"" && !isOurs && !header.endsWith(".moc"_L1) &&
                !header.startsWith("ui_"_L1))
                report(i, u"\"%1\" must be included by its path from the top of the tree."_s.arg(
                              header));
            const QString fault = includeFault(room, header, isOurs);
            if (!fault.isEmpty())
                report(i, fault);
        }
        if (!kHomesOfSql.contains(room) && kSql.match(lines[i]).hasMatch())
            report(i, u"SQL stands only in core/store and core/db."_s);
        if (room == "ui"_L1 && kNested.match(lines[i]).hasMatch())
            report(i, u"ui runs no nested event loop; open() and a signal do the same."_s);
        if ((room == "ui"_L1 || room == "app"_L1) && path != "ui/widgets/shown.cpp"_L1 &&
            kRich.match(lines[i]).hasMatch())
            report(i, u"Tooltips are set by ui/widgets/shown.h, and no text is rich."_s);
    }
    for (auto found = kUntranslated.globalMatch(code); found.hasNext();)
        report(code.first(found.next().capturedStart()).count(u'\n'),
               u"Write an error as Sentence::tr(…), and a NOOP without a macro around it."_s);
    return faults;
}
} // namespace

class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Two that were made side by side may both merge without a conflict; then neither database nor
    // program would know which one it has.
    void migrationsAreNumberedInOneRow()
    {
        for (const QString& folder : {u"postgres"_s, u"sqlite"_s}) {
            const QStringList files = QDir(kSource + u"/resources/migrations/"_s + folder)
                                          .entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
            QVERIFY(!files.isEmpty());
            for (int i = 0; i < files.size(); ++i)
                QCOMPARE(files[i].section(u'_', 0, 0), u"%1"_s.arg(i + 1, 3, 10, QLatin1Char('0')));
        }
    }

    void theSourcesKeepTheRules()
    {
        QStringList faults;
        int files = 0;
        for (const QString& top : {u"core"_s, u"ui"_s, u"app"_s}) {
            QDirIterator walk(kSource + u'/' + top, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                              QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                QFile file(walk.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                faults += faultsOf(QDir(kSource).relativeFilePath(file.fileName()),
                                   QString::fromUtf8(file.readAll()));
                ++files;
            }
        }
        QVERIFY2(files > 20, "The sources were not found.");
        QVERIFY2(faults.isEmpty(), qPrintable(u"\n"_s + faults.join(u'\n')));
    }

    void theTableSaysWhatCMakeLinks()
    {
        QFile page(kSource + u"/ARCHITECTURE.md"_s);
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QStringList faults = tableFaults(QString::fromUtf8(page.readAll()), permissions());
        QVERIFY2(faults.isEmpty(), qPrintable(u"\n"_s + faults.join(u'\n')));
    }

    void faultsOfTheTableAreSeen_data()
    {
        QTest::addColumn<QString>("row"); // of the room above base
        QTest::addColumn<int>("faults");
        QTest::newRow("true") << u"| 1 | `core/top` | base, `core/mid/one.h` | x |"_s << 0;
        QTest::newRow("another order") << u"| 1 | `core/top` | `core/mid/one.h`, base | x |"_s << 0;
        QTest::newRow("missing") << QString() << 1;
        QTest::newRow("too much") << u"| 1 | `core/top` | base, mid, `core/mid/one.h` | x |"_s << 1;
        QTest::newRow("too little") << u"| 1 | `core/top` | base | x |"_s << 1;
        QTest::newRow("nothing") << u"| 1 | `core/top` | – | x |"_s << 1;
        QTest::newRow("whole for part") << u"| 1 | `core/top` | base, mid | x |"_s << 1;
        QTest::newRow("not below") << u"| 0 | `core/top` | base, `core/mid/one.h` | x |"_s << 2;
        QTest::newRow("unknown room")
            << u"| 1 | `core/top` | base, `core/mid/one.h` | x |\n| 1 | `core/new` | base | x |"_s
            << 1;
    }
    void faultsOfTheTableAreSeen()
    {
        QFETCH(QString, row);
        QFETCH(int, faults);
        const QString page =
            u"| 0 | `core/base` | – | x |\n| 0 | `core/mid` | – | x |\n"_s + row + u'\n';
        const Links links{{u"core/base"_s, {}},
                          {u"core/mid"_s, {}},
                          {u"core/top"_s, {u"core/base"_s, u"core/mid/one.h"_s}}};
        const QStringList found = tableFaults(page, links);
        QVERIFY2(found.size() == faults, qPrintable(found.join(u'\n')));
    }

    // Tests the check itself: each row contains one violation (or none), so that a check that finds
    // nothing would be noticed.
    void faultsAreSeen_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("isFault");
        const auto row = [](const char* path, const char* line, bool isFault) {
            QTest::addRow("%s %s", path, line)
                << QString::fromLatin1(path) << QString::fromLatin1(line) << isFault;
        };
        row("core/domain/a.cpp", "#include \"core/base/result.h\"", false);
        row("core/domain/a.cpp", "#include \"core/domain/b.h\"", false);
        row("core/domain/a.cpp", "#include \"core/store/jobstore.h\"", true);
        row("core/base/a.cpp", "#include \"core/domain/job.h\"", true);
        row("core/handlers/x/a.cpp", "#include \"core/engine/handler.h\"", false);
        row("core/handlers/x/a.cpp", "#include \"core/engine/engine.h\"", true);
        row("core/domain/a.cpp", "#include \"b.h\"", true);
        row("core/schedule/a.cpp", "#include \"core/remote/endpointaddress.h\"", false);
        row("core/schedule/targets/a.cpp", "#include \"core/service/session.h\"", true);
        row("core/remote/a.cpp", "#include \"core/service/keyservice.h\"", true);
        row("core/remote/a.cpp", "#include \"core/domain/job.h\"", true);
        row("core/endpoint/a.cpp", "#include \"core/net/httpclient.h\"", true);
        row("ui/engine/a.cpp", "#include \"core/schedule/scheduler.h\"", false);
        row("app/a.cpp", "#include \"core/engine/engine.h\"", true);
        row("core/service/a.cpp", "#include \"ui/jobs/page.h\"", true);
        row("core/service/a.cpp", "#include <QLabel>", true);
        row("core/service/a.cpp", "#include <QtWidgets/QLabel>", true);
        row("core/service/a.cpp", "#include <QSqlQuery>", true);
        row("core/db/a.cpp", "#include <QSqlQuery>", false);
        row("core/store/a.cpp", "#include <libpq-fe.h>", true);
        row("ui/jobs/a.cpp", "#include <QLabel>", false);
        row("ui/jobs/a.cpp", "#include \"core/async/deliver.h\"", false);
        row("ui/jobs/a.cpp", "#include \"core/async/taskthread.h\"", true);
        row("ui/jobs/a.cpp", "#include \"core/store/jobstore.h\"", true);
        row("ui/jobs/a.cpp", "#include <QNetworkReply>", true);
        row("ui/jobs/a.cpp", "// #include <QNetworkReply>", false);
        row("ui/jobs/a.cpp", "dialog.exec();", true);
        row("ui/jobs/a.cpp", "QCoreApplication::processEvents();", true);
        row("ui/jobs/a.cpp", "dialog->open(); // exec() would block", false);
        row("ui/jobs/a.cpp", "button->setToolTip(job.error);", true);
        row("ui/jobs/a.cpp", "setTip(button, job.error);", false);
        row("ui/widgets/a.cpp", "QToolTip::showText(at, text, this);", true);
        row("ui/widgets/shown.cpp", "widget->setToolTip(tip(text));", false);
        row("app/a.cpp", "box->setTextFormat(Qt::RichText);", true);
        row("app/a.cpp", "box->setTextFormat(Qt::PlainText);", false);
        row("app/main.cpp", "return application.exec();", false);
        row("core/service/a.cpp", "auto s = u\"SELECT id FROM \\\"Job\\\"\"_s;", true);
        row("core/store/a.cpp", "auto s = u\"DELETE FROM \\\"Job\\\"\"_s;", false);
        row("core/engine/a.cpp", "auto s = \"http://x\"; q(\"DELETE FROM t\");", true);
        row("core/engine/a.cpp", "auto s = \"Select one from the list.\";", false);
        row("core/nowhere/a.cpp", "int x;", true);
        row("core/db/a.cpp", "return fail(ErrorKind::Invalid,\n            u\"Wrong.\"_s);", true);
        row("core/db/a.cpp", "return fail(ErrorKind::Invalid, Sentence::tr(\"Wrong.\"));", false);
        row("ui/jobs/a.cpp", "#define T(text) QT_TRANSLATE_NOOP(\"Jobs\", text)", true);
    }
    void faultsAreSeen()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(bool, isFault);
        const QStringList faults =
            faultsOf(path, u"// SPDX-License-Identifier: GPL-3.0-or-later\n"_s + line);
        QCOMPARE(!faults.isEmpty(), isFault);
    }

    void theLicenceLineIsMissed() { QCOMPARE(faultsOf(u"ui/a.cpp"_s, u"int x;\n"_s).size(), 1); }
};

QTEST_APPLESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
