// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/parser.h"
#include "core/secrets/arguments.h"

#include <algorithm>
#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using domain::JobAction;

namespace {
constexpr const char* kProgram = "queuedeckctl";
constexpr int kWrongUsage = 2;

constexpr const char* kMainHelp = R"(Examples:
  queuedeckctl scan card.png --wait             read a business card now
  queuedeckctl enqueue bulk_import '{}'         add a job
  queuedeckctl report --wait --out week.pdf     how the queue did last week
  queuedeckctl process --until-empty            run what is pending, then stop
  queuedeckctl list --where 'status:failed age>2h'
  queuedeckctl --db sqlite:/srv/jobs.db --json stats

The database is --db or --connection, else QUEUEDECK_DATABASE_URL, else DATABASE_URL, else a database of your own
in your data folder (QUEUEDECK_HOME moves it), which is created if it does not exist:
  postgresql://user@host:5432/database    sqlite:/path/file.db    file:./dev.db

Filters (--where): status:failed type:image_extraction error:"timeout" attempts>=3 age>2h
  is:dead is:stuck is:unknown has:error
  created:2026-11-01..2026-11-05 payload.scanId:ID id:3fa8 -type:bulk_import, joined by nothing
  (and), or, not and parentheses. Times are UTC.

Results go to standard output, messages to standard error. Exit codes: 0 done; 1 the work itself
failed; 2 wrong usage or input; 3 the database or endpoint cannot be reached; 4 refused.
"queuedeckctl COMMAND --help" tells more about each.)";
} // namespace

Parser::Parser()
{
    m_app.set_version_flag("--version", std::string(kProgram) + " " QUEUEDECK_VERSION,
                           "Print the version and exit");
    m_app.set_help_flag("-h,--help", "Print this help and exit");
    m_app.add_option("--db", m_values.db, "The address of the database")->type_name("URL");
    m_app.add_option("--connection", m_values.connection, "A connection saved in the window")
        ->type_name("NAME")
        ->excludes("--db");
    m_app.add_flag("--json", m_values.json, "Print JSON for programs");
    m_app.add_flag("--read-only", m_values.readOnly,
                   "Change nothing: the database itself refuses it");
    m_app.footer(kMainHelp);
    m_app.require_subcommand(1);
    m_app.fallthrough();
    m_app.get_formatter()->column_width(26);
    m_app.get_formatter()->label("SUBCOMMAND", "COMMAND");
    addReading();
    addChanging();
    addJournal();
    addRunning();
    addScan();
    addReports();
    addImport();
    addServing();
    addRemote();
    addKeys();
    addSchedule();
}

CLI::App* Parser::command(const char* name, const char* description, const char* examples,
                          std::function<Command()> make)
{
    CLI::App* app = m_app.add_subcommand(name, description);
    app->footer(std::string("Examples:\n") + examples);
    app->group("Commands");
    app->fallthrough();
    m_commands.emplace_back(app, std::move(make));
    return app;
}

void Parser::addReading()
{
    CLI::App* list =
        command("list", "List jobs, newest first.",
                "  queuedeckctl list --status failed --limit 20\n"
                "  queuedeckctl list --where 'type:image_extraction error:timeout'\n"
                "  queuedeckctl list --view 'Failed last hour'\n"
                "  queuedeckctl --json list --payload | jq .payload\n"
                "When more follow, standard error has \"next: CURSOR\" for --after.",
                [this] {
                    return List{text(m_values.status), text(m_values.type),  text(m_values.where),
                                m_values.limit,        text(m_values.after), m_values.withPayload,
                                text(m_values.view)};
                });
    list->add_option("--status", m_values.status, "Only pending, processing, completed or failed")
        ->type_name("STATUS")
        ->check(oneOf({"pending", "processing", "completed", "failed"}));
    list->add_option("--type", m_values.type, "Only jobs of this type")->type_name("TYPE");
    list->add_option("--where", m_values.where, "Only jobs that match this filter")
        ->type_name("QUERY");
    list->add_option("--view", m_values.view, "Only jobs of this saved view, a preset or your own")
        ->type_name("NAME");
    list->add_option("--limit", m_values.limit, "Maximum (default 50)")
        ->type_name("N")
        ->check(numberFrom(1, 10'000'000));
    list->add_option("--after", m_values.after, "Continue where an earlier list ended")
        ->type_name("CURSOR");
    list->add_flag("--payload", m_values.withPayload, "Print payloads too");

    addViews();
    addExport();

    CLI::App* show = command("show", "Show one job with its payload and its attempts.",
                             "  queuedeckctl show 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11",
                             [this] { return Show{text(m_values.id)}; });
    show->add_option("ID", m_values.id, "The job's id")->required();

    addStats();

    CLI::App* doctor = command(
        "doctor", "Say why nothing is processed, what else is wrong, and what to do.",
        "  queuedeckctl doctor\n"
        "  queuedeckctl --json doctor | jq '.findings[].id'\n"
        "  queuedeckctl doctor --endpoint https://app.example\n"
        "Changes nothing, and takes about three seconds at most. What explains most comes first.\n"
        "The endpoint is asked if it is given, or named by QUEUEDECK_ENDPOINT_URL. The exit code "
        "is\n"
        "1 when something was found.",
        [this] { return Doctor{text(m_values.doctorEndpoint)}; });
    doctor
        ->add_option("--endpoint", m_values.doctorEndpoint,
                     "Also ask this endpoint of a web application (a GET; nothing is processed)")
        ->type_name("URL");

    addErrors();
    addWatch();

    CLI::App* sql = command("sql", "Print the SQL that runs on this database, for review.",
                            "  queuedeckctl --db postgresql://app@db/app sql\n"
                            "  queuedeckctl sql retry\n"
                            "Without NAME, the names are listed. Values appear as :name.",
                            [this] { return PrintSql{text(m_values.statement)}; });
    sql->add_option("NAME", m_values.statement, "Only this statement");
}

CLI::App* Parser::addBulkChange(const char* name, JobAction action, const char* description,
                                const char* examples)
{
    CLI::App* app = command(name, description, examples, [this, app = m_commands.size(), action] {
        Change change{action, texts(m_values.ids), {}, m_values.all, m_values.dryRun, plan()};
        if (m_values.keepTries)
            change.action = JobAction::RetryKeepingTries;
        if (m_commands[app].first->count("--where") > 0)
            change.where = text(m_values.where);
        return change;
    });
    const bool repairs = action == JobAction::Repair;
    const char* flag = repairs ? "--unknown" : "--failed";
    const std::array which{
        app->add_option("ID", m_values.ids, "The jobs' ids"),
        app->add_option("--where", m_values.where, "All that match this filter now")
            ->type_name("QUERY"),
        app->add_flag(flag, m_values.all,
                      repairs ? "All jobs of unknown status" : "All failed jobs")};
    app->callback([which, flag] {
        if (std::count_if(which.begin(), which.end(), [](auto* way) { return way->count() > 0; }) !=
            1)
            throw CLI::ValidationError(std::string("Say which jobs: their ids, --where QUERY or ") +
                                       flag + '.');
    });
    app->add_flag("--dry-run", m_values.dryRun, "Change nothing, print what would change");
    return app;
}

void Parser::addChanging()
{
    CLI::App* init = command("init", "Create the database's tables where they are missing.",
                             "  queuedeckctl --db sqlite:/srv/jobs.db init\n"
                             "  queuedeckctl init --print-sql\n"
                             "It can be run again at any time; what already exists is left alone.",
                             [this] { return Init{m_values.printSql}; });
    init->add_flag("--print-sql", m_values.printSql, "Only print the SQL, for a database owner");

    CLI::App* enqueue = command(
        "enqueue", "Add a job, after checking its payload against the schema of its type.",
        "  queuedeckctl enqueue report_generation '{\"report\":\"scans\",\"period\":\"month\"}'\n"
        "  queuedeckctl enqueue customer_enrichment - < payload.json\n"
        "  queuedeckctl enqueue shop_export '{}' --any-type\n"
        "A type that is neither built in nor has a file in handlers.d is refused as a likely\n"
        "typo. --any-type adds it anyway, for other programs to run; its payload must be\n"
        "a JSON object.",
        [this] {
            return Enqueue{text(m_values.type), text(m_values.payload), m_values.count,
                           m_values.anyType};
        });
    enqueue->add_option("TYPE", m_values.type, "The job's type")->required();
    enqueue->add_option("PAYLOAD", m_values.payload, "JSON, or - to read it from standard input")
        ->required();
    enqueue->add_option("--count", m_values.count, "Add this many identical jobs (1)")
        ->type_name("N")
        ->check(numberFrom(1, 100'000));
    enqueue->add_flag("--any-type", m_values.anyType, "Accept a type that only other programs run");

    addRetry();
    addBulkChange("cancel", JobAction::Cancel, "Cancel jobs that are pending or running here.",
                  "  queuedeckctl cancel --where 'type:bulk_import status:pending'\n"
                  "  queuedeckctl cancel 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11");
    addBulkChange("delete", JobAction::Delete,
                  "Delete completed and failed jobs; undo brings them back.",
                  "  queuedeckctl delete --where 'status:completed age>90d' --dry-run\n"
                  "  queuedeckctl delete --failed");

    addBulkChange("repair", JobAction::Repair,
                  "Give jobs of unknown status the one their word stands for, else pending.",
                  "  queuedeckctl repair --unknown --dry-run\n"
                  "\"PENDING\" becomes pending; so do NULL and other programs' words, and the jobs "
                  "will run.\n"
                  "Pending jobs whose number of attempts is unknown are dead: retry revives them.");

    CLI::App* next = command(
        "run-next", "Make pending jobs run before all others.",
        "  queuedeckctl run-next 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11", [this] {
            return Change{JobAction::RunNext, texts(m_values.ids), {}, false, m_values.dryRun};
        });
    next->add_option("ID", m_values.ids, "The jobs' ids")->required();
    next->add_flag("--dry-run", m_values.dryRun, "Change nothing, print what would change");

    CLI::App* cleanUp = command(
        "cleanup", "Delete finished jobs older than a number of days.",
        "  queuedeckctl cleanup --older-than 30 --dry-run\n"
        "  queuedeckctl cleanup --older-than 90 --status completed --archive old-jobs.jsonl\n"
        "The archive holds the whole rows and is on disk before anything is deleted. Reports on "
        "this\n"
        "computer whose job is gone are deleted too, and Undo does not bring them back.",
        [this] {
            return CleanUp{m_values.days, texts(m_values.statuses), m_values.dryRun,
                           text(m_values.archive), m_values.keepReports};
        });
    cleanUp->add_option("--older-than", m_values.days, "Created more than this many days ago (30)")
        ->type_name("DAYS")
        ->check(numberFrom(0, 36'500));
    cleanUp
        ->add_option("--status", m_values.statuses,
                     "completed, failed, or both separated by a comma")
        ->type_name("STATUS")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(oneOf({"completed", "failed"}));
    cleanUp->add_flag("--dry-run", m_values.dryRun, "Delete nothing, print what would be deleted");
    cleanUp->add_option("--archive", m_values.archive, "Write the rows to this new file first")
        ->type_name("FILE");
    cleanUp->add_flag("--keep-reports", m_values.keepReports,
                      "Keep the reports of jobs that are gone");
}

tl::expected<CommandLine, NoCommand> Parser::parse(int argc, const char* const* argv)
{
    try {
        m_app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return tl::unexpected(NoCommand{0, text(m_app.help()).trimmed()});
    } catch (const CLI::CallForVersion&) {
        return tl::unexpected(NoCommand{0, text(m_app.version())});
    } catch (const CLI::ParseError& error) {
        if (m_app.get_subcommands().empty()) {
            const std::vector<std::string> rest = m_app.remaining();
            const QString what =
                rest.empty()
                    ? u"No command was given."_s
                    : u"There is no command \"%1\"."_s.arg(secrets::withoutSecrets(text(rest[0])));
            return tl::unexpected(
                NoCommand{kWrongUsage, what + u" `queuedeckctl --help` lists the commands."_s});
        }
        QString help = u"queuedeckctl"_s;
        for (const CLI::App* command : m_app.get_subcommands())
            help += u' ' + text(command->get_name());
        QString what = secrets::withoutSecrets(text(error.what())).trimmed();
        if (!what.endsWith(u'.'))
            what += u'.';
        return tl::unexpected(
            NoCommand{kWrongUsage, u"%1 `%2 --help` shows the usage."_s.arg(what, help)});
    }
    for (const auto& [app, make] : m_commands) {
        if (app->parsed())
            return CommandLine{text(m_values.db), text(m_values.connection), m_values.json,
                               m_values.readOnly, make()};
    }
    return tl::unexpected(NoCommand{kWrongUsage, u"No command was given."_s});
}
tl::expected<CommandLine, NoCommand> parseCommandLine(int argc, const char* const* argv)
{
    return Parser().parse(argc, argv);
}

bool wantsJson(int argc, const char* const* argv)
{
    for (int i = 1; i < argc && std::strcmp(argv[i], "--") != 0; ++i) {
        if (std::strcmp(argv[i], "--json") == 0)
            return true;
    }
    return false;
}

} // namespace queuedeck::ctl
