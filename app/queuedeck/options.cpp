// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/options.h"

#include "core/secrets/arguments.h"

#include <QCommandLineParser>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace queuedeck::app {

namespace {
[[noreturn]] void refuse(const QString& sentence)
{
    QTextStream(stderr) << secrets::withoutSecrets(sentence) << Qt::endl;
    exit(2);
}
} // namespace

bool Options::wantsWords(const QStringList& arguments)
{
    static const QStringList words{u"-h"_s, u"--help"_s, u"--help-all"_s, u"-v"_s, u"--version"_s};
    return std::any_of(arguments.cbegin(), arguments.cend(),
                       [](const QString& each) { return words.contains(each); });
}

Options Options::parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Watch and run a job queue that lives in a database."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption db(
        u"db"_s, u"Open this database: postgresql://… or sqlite:/path/jobs.db."_s, u"URL"_s);
    const QCommandLineOption connection(u"connection"_s, u"Open the connection saved as NAME."_s,
                                        u"NAME"_s);
    const QCommandLineOption demo(
        u"demo"_s, u"Open the sample data on this computer, with the engine running."_s);
    const QCommandLineOption page(u"page"_s,
                                  u"Show this page first: overview, jobs, scans, engine or "
                                  "diagnostics."_s,
                                  u"NAME"_s);
    const QCommandLineOption readOnly(
        u"read-only"_s, u"With --db or --connection: the database itself refuses every change."_s);
    parser.addPositionalArgument(u"link"_s, u"A queuedeck:// link to follow."_s, u"[LINK]"_s);
    parser.addOptions({db, connection, demo, readOnly, page});
    if (!parser.parse(arguments))
        refuse(parser.errorText() + u" See --help."_s);
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    const QStringList others = parser.positionalArguments();
    Options options;
    if (others.size() == 1 && domain::isLink(others.front())) {
        // From a browser: what is wrong is said in the window, where somebody sees it.
        for (const QCommandLineOption& one : {db, connection, demo, page}) {
            if (parser.isSet(one))
                refuse(u"A link says what to show; --%1 excludes it."_s.arg(one.names().front()));
        }
        const auto link = domain::linkFrom(others.front());
        if (link)
            options.link = *link;
        else
            options.trouble = link.error().detail;
        options.isReadOnly = parser.isSet(readOnly);
        options.connection = options.link.connection;
        options.page = options.link.page;
        return options;
    }
    if (!others.isEmpty())
        refuse(u"\"%1\" is not understood. Name a database with --db. See --help."_s.arg(
            others.front()));
    if (parser.isSet(db) && parser.isSet(demo))
        refuse(u"--db and --demo exclude each other."_s);
    if (parser.isSet(connection) && (parser.isSet(db) || parser.isSet(demo)))
        refuse(u"--connection excludes --db and --demo."_s);

    if (parser.isSet(readOnly) && !parser.isSet(db) && !parser.isSet(connection))
        refuse(u"--read-only needs the database to open: --db or --connection."_s);

    options.isReadOnly = parser.isSet(readOnly);
    options.address = parser.value(db);
    options.connection = parser.value(connection);
    options.isDemo = parser.isSet(demo);
    options.page = parser.value(page).toLower();
    const QStringList pages{u"overview"_s, u"jobs"_s, u"scans"_s, u"engine"_s, u"diagnostics"_s};
    if (!options.page.isEmpty() && !pages.contains(options.page))
        refuse(u"There is no page \"%1\". The pages are overview, jobs, scans, "
               "engine and diagnostics."_s.arg(options.page));
    return options;
}

} // namespace queuedeck::app
