// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/commandline.h"

#include <QRegularExpression>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using domain::JobAction;

namespace {
constexpr const char* kProgram = "queuedeckctl";
constexpr int kWrongUsage = 2;

constexpr const char* kMainHelp = R"(Examples:
  queuedeckctl scan card.png --wait             read a business card now
  queuedeckctl enqueue report_generation '{}'   add a job
  queuedeckctl process --until-empty            run what is waiting, then stop
  queuedeckctl list --where 'status:failed age>2h'
  queuedeckctl --db sqlite:/srv/jobs.db --json stats

The database is --db, else QUEUEDECK_DATABASE_URL, else DATABASE_URL, else a database of your own
in your data folder (QUEUEDECK_HOME moves it), which is created when it is not there:
  postgresql://user@host:5432/database    sqlite:/path/file.db    file:./dev.db

Filters (--where): status:failed type:image_extraction error:"timeout" attempts>=3 age>2h
  created:2026-11-01..2026-11-05 payload.scanId:ID id:3fa8 -type:bulk_import, joined by nothing
  (and), or, not and parentheses. Times are UTC.

Results go to standard output, messages to standard error. Exit codes: 0 done; 1 the work itself
failed; 2 wrong usage or input; 3 the database or endpoint cannot be reached; 4 refused.
"queuedeckctl COMMAND --help" tells more of each.)";

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

QStringList texts(const std::vector<std::string>& values)
{
    QStringList list;
    for (const std::string& value : values)
        list += text(value);
    return list;
}

// The descriptions of CLI11's own checks would clutter the help.
CLI::Validator numberFrom(int least, int most)
{
    return CLI::Range(least, most).description("");
}

CLI::Validator oneOf(std::vector<std::string> words)
{
    return CLI::IsMember(std::move(words)).description("");
}

/// An address that stands where it does not belong must not show its password in the message.
QString withoutPasswords(QString message)
{
    static const QRegularExpression password(u"(://[^:\\s]*:)\\S*@"_s);
    return message.replace(password, u"\\1•••@"_s);
}

/// Puts what CLI11 read into our own structs; the only place that knows CLI11.
class Parser
{
public:
    Parser();
    tl::expected<CommandLine, NoCommand> parse(int argc, const char* const* argv);

private:
    CLI::App* command(const char* name, const char* description, const char* examples,
                      std::function<Command()> make);
    void addLooking();
    void addChanging();
    void addBulkChange(const char* name, JobAction action, const char* description,
                       const char* examples);
    void addRunning();
    void addServing();
    void addRemote();
    void addKeys();
    void addSchedule();

    // What the options are read into. A process reads one command line, so they may share.
    struct Values
    {
        std::string db, type, payload, status, where, after, id, archive, certificate, privateKey,
            url;
        std::string listen = "127.0.0.1:3000";
        std::vector<std::string> ids, statuses, types, files, hosts;
        int count = 1, limit = 50, journalLimit = 100, days = 30, maxJobs = 0, concurrency = 0;
        int mostJobs = 1000, jobsACall = 10, timeout = 900, lookTimeout = 60;
        bool json = false, printSql = false, anyType = false, withPayload = false, failed = false;
        bool dryRun = false, untilEmpty = false, watch = false, wait = false, inOrder = false,
             alone = false;
        int freeOrphans = 0;
        bool drain = false, storeKey = false;
        std::string target, zone, folder, cron = "*/5 * * * *";
        bool force = false;
    };

    CLI::App m_app{"Watch and run a database-backed job queue, without a window.", kProgram};
    Values m_values;
    std::vector<std::pair<CLI::App*, std::function<Command()>>> m_commands;
};

Parser::Parser()
{
    m_app.set_version_flag("--version", std::string(kProgram) + " " QUEUEDECK_VERSION,
                           "Print the version and exit");
    m_app.set_help_flag("-h,--help", "Print this help and exit");
    m_app.add_option("--db", m_values.db, "The address of the database")->type_name("URL");
    m_app.add_flag("--json", m_values.json, "Print JSON for programs");
    m_app.footer(kMainHelp);
    m_app.require_subcommand(1);
    m_app.fallthrough();
    m_app.get_formatter()->column_width(26);
    m_app.get_formatter()->label("SUBCOMMAND", "COMMAND");
    addLooking();
    addChanging();
    addRunning();
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

void Parser::addLooking()
{
    CLI::App* list =
        command("list", "List jobs, newest first.",
                "  queuedeckctl list --status failed --limit 20\n"
                "  queuedeckctl list --where 'type:image_extraction error:timeout'\n"
                "  queuedeckctl --json list --payload | jq .payload\n"
                "When more follow, \"next: CURSOR\" is printed on standard error for --after.",
                [this] {
                    return List{text(m_values.status), text(m_values.type),  text(m_values.where),
                                m_values.limit,        text(m_values.after), m_values.withPayload};
                });
    list->add_option("--status", m_values.status, "Only pending, processing, completed or failed")
        ->type_name("STATUS")
        ->check(oneOf({"pending", "processing", "completed", "failed"}));
    list->add_option("--type", m_values.type, "Only jobs of this type")->type_name("TYPE");
    list->add_option("--where", m_values.where, "Only jobs that match this filter")
        ->type_name("QUERY");
    list->add_option("--limit", m_values.limit, "At most so many (50)")
        ->type_name("N")
        ->check(numberFrom(1, 10'000'000));
    list->add_option("--after", m_values.after, "Go on where an earlier list ended")
        ->type_name("CURSOR");
    list->add_flag("--payload", m_values.withPayload, "Print payloads too");

    CLI::App* show = command("show", "Show one job with its payload and its attempts.",
                             "  queuedeckctl show 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11",
                             [this] { return Show{text(m_values.id)}; });
    show->add_option("ID", m_values.id, "The job's id")->required();

    command("stats", "Count jobs by status and type; how old the oldest pending one is.",
            "  queuedeckctl stats\n"
            "  queuedeckctl --json stats | jq .counts.failed",
            [] { return Stats{}; });

    CLI::App* journal = command("journal", "List what was changed by people, newest first.",
                                "  queuedeckctl journal --limit 10",
                                [this] { return Journal{m_values.journalLimit}; });
    journal->add_option("--limit", m_values.journalLimit, "At most so many (100)")
        ->type_name("N")
        ->check(numberFrom(1, 100'000));
}

void Parser::addBulkChange(const char* name, JobAction action, const char* description,
                           const char* examples)
{
    CLI::App* app = command(name, description, examples, [this, app = m_commands.size(), action] {
        Change change{action, texts(m_values.ids), {}, m_values.failed, m_values.dryRun};
        if (m_commands[app].first->count("--where") > 0)
            change.where = text(m_values.where);
        return change;
    });
    const std::array which{
        app->add_option("ID", m_values.ids, "The jobs' ids"),
        app->add_option("--where", m_values.where, "All that match this filter now")
            ->type_name("QUERY"),
        app->add_flag("--failed", m_values.failed, "All failed jobs")};
    app->callback([which] {
        if (std::count_if(which.begin(), which.end(), [](auto* way) { return way->count() > 0; }) !=
            1)
            throw CLI::ValidationError("Say which jobs: their ids, --where QUERY or --failed.");
    });
    app->add_flag("--dry-run", m_values.dryRun, "Try it out, change nothing, print what would be");
}

void Parser::addChanging()
{
    CLI::App* init = command("init", "Create the database's tables where they are missing.",
                             "  queuedeckctl --db sqlite:/srv/jobs.db init\n"
                             "  queuedeckctl init --print-sql\n"
                             "It may be run again at any time; what is there is left alone.",
                             [this] { return Init{m_values.printSql}; });
    init->add_flag("--print-sql", m_values.printSql, "Only print the SQL, for a database owner");

    CLI::App* enqueue = command(
        "enqueue", "Add a job, after checking its payload against the schema of its type.",
        "  queuedeckctl enqueue report_generation '{\"reportType\":\"weekly\"}'\n"
        "  queuedeckctl enqueue customer_enrichment - < payload.json\n"
        "  queuedeckctl enqueue product_export '{}' --any-type\n"
        "A type that is neither built in nor has a file in handlers.d is refused as a likely\n"
        "slip. --any-type adds it all the same, for other programs to run; its payload must be\n"
        "a JSON object.",
        [this] {
            return Enqueue{text(m_values.type), text(m_values.payload), m_values.count,
                           m_values.anyType};
        });
    enqueue->add_option("TYPE", m_values.type, "The job's type")->required();
    enqueue->add_option("PAYLOAD", m_values.payload, "JSON, or - to read it from standard input")
        ->required();
    enqueue->add_option("--count", m_values.count, "Add so many alike (1)")
        ->type_name("N")
        ->check(numberFrom(1, 100'000));
    enqueue->add_flag("--any-type", m_values.anyType, "Accept a type that only others run");

    addBulkChange(
        "retry", JobAction::Retry,
        "Make failed jobs, and pending ones whose attempts are spent, pending again.",
        "  queuedeckctl retry --failed --dry-run\n"
        "  queuedeckctl retry --where 'status:failed error:timeout'\n"
        "The jobs are fixed first and then changed in batches; Ctrl+C stops between two.");
    addBulkChange("cancel", JobAction::Cancel, "Cancel jobs that are pending or running here.",
                  "  queuedeckctl cancel --where 'type:bulk_import status:pending'\n"
                  "  queuedeckctl cancel 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11");
    addBulkChange("delete", JobAction::Delete,
                  "Delete completed and failed jobs; undo brings them back.",
                  "  queuedeckctl delete --where 'status:completed age>90d' --dry-run\n"
                  "  queuedeckctl delete --failed");

    CLI::App* next = command(
        "run-next", "Have pending jobs run before all others.",
        "  queuedeckctl run-next 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11", [this] {
            return Change{JobAction::RunNext, texts(m_values.ids), {}, false, m_values.dryRun};
        });
    next->add_option("ID", m_values.ids, "The jobs' ids")->required();
    next->add_flag("--dry-run", m_values.dryRun, "Change nothing, print what would be");

    CLI::App* cleanUp = command(
        "cleanup", "Delete finished jobs that are older than some days.",
        "  queuedeckctl cleanup --older-than 30 --dry-run\n"
        "  queuedeckctl cleanup --older-than 90 --status completed --archive old-jobs.jsonl\n"
        "The archive holds the whole rows and is on the disk before anything is deleted.",
        [this] {
            return CleanUp{m_values.days, texts(m_values.statuses), m_values.dryRun,
                           text(m_values.archive)};
        });
    cleanUp->add_option("--older-than", m_values.days, "Created more than so many days ago (30)")
        ->type_name("DAYS")
        ->check(numberFrom(0, 36'500));
    cleanUp->add_option("--status", m_values.statuses, "completed, failed, or both with a comma")
        ->type_name("STATUS")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(oneOf({"completed", "failed"}));
    cleanUp->add_flag("--dry-run", m_values.dryRun, "Delete nothing, print what would be");
    cleanUp->add_option("--archive", m_values.archive, "Write the rows to this new file first")
        ->type_name("FILE");

    CLI::App* undo = command("undo", "Take back the newest change, or the one of a journal entry.",
                             "  queuedeckctl undo\n"
                             "  queuedeckctl undo 019aa1f2-7c1f-7909-be00-5d2a7c9e1b11\n"
                             "Jobs that have changed since are left alone and named.",
                             [this] { return Undo{text(m_values.id)}; });
    undo->add_option("JOURNAL_ID", m_values.id, "As printed by journal and by each change");
}

void Parser::addRunning()
{
    CLI::App* process = command(
        "process", "Run jobs on this computer, by default at most 10.",
        "  queuedeckctl process --until-empty\n"
        "  queuedeckctl process --watch --concurrency 2\n"
        "  */5 * * * * queuedeckctl process --max-jobs 100      (crontab)\n"
        "Ends when nothing can be run now. The first Ctrl+C or SIGTERM hands unfinished jobs back\n"
        "within 20 s, the second leaves at once; such jobs are found and run again later.\n"
        "Jobs that fail are counted and do not change the exit code.",
        [this] {
            const std::optional<int> most =
                m_values.maxJobs > 0 ? std::optional(m_values.maxJobs) : std::nullopt;
            return Process{most,           m_values.concurrency,  m_values.untilEmpty,
                           m_values.watch, texts(m_values.types), m_values.inOrder,
                           m_values.alone, m_values.freeOrphans};
        });
    process->add_option("--max-jobs", m_values.maxJobs, "Stop after so many (10)")
        ->type_name("N")
        ->check(numberFrom(1, 10'000'000));
    process->add_option("--concurrency", m_values.concurrency, "So many at the same time")
        ->type_name("N")
        ->check(numberFrom(1, 64));
    CLI::Option* untilEmpty = process->add_flag("--until-empty", m_values.untilEmpty,
                                                "Go on until nothing can be run now");
    process->add_flag("--watch", m_values.watch, "Go on until it is told to stop")
        ->excludes(untilEmpty);
    CLI::Option* types =
        process->add_option("--type", m_values.types, "Only jobs of this type; may be repeated")
            ->type_name("TYPE")
            ->allow_extra_args(false);
    process->add_flag("--in-order", m_values.inOrder, "All jobs of the first --type go first")
        ->needs(types);
    process->add_flag("--alone", m_values.alone,
                      "No other processor works on this table: jobs need not wait 250 ms to see");
    process
        ->add_option("--free-orphans", m_values.freeOrphans,
                     "Free jobs that another processor left processing, unchanged so long")
        ->type_name("MINUTES")
        ->check(numberFrom(1, 100'000));

    command(
        "handlers", "List the job types that run here, by what, and what is wrong with files.",
        "  queuedeckctl handlers\n"
        "A file TYPE.json in the folder handlers.d of your data folder (QUEUEDECK_HOME moves\n"
        "it) has a program of yours run the jobs of that type:\n"
        "  {\"command\": [\"/usr/bin/python3\", \"/path/handler.py\"], \"timeoutSeconds\": 60}\n"
        "The payload comes on standard input. Exit code 0 completes the job, 75 has it run\n"
        "later, 65 fails it for good, any other fails the attempt. The exit code is 1 when a\n"
        "file is not used.",
        [] { return Handlers{}; });

    CLI::App* scan = command(
        "scan", "Add pictures of business cards or liquor licenses to be read.",
        "  queuedeckctl scan card.png\n"
        "  queuedeckctl --json scan cards/*.jpg --wait\n"
        "  queuedeckctl scan license.webp --type liquor_license\n"
        "JPEG, PNG and WebP are read. A file that is not one is reported and the others go on;\n"
        "the exit code is then 1.",
        [this] {
            const auto type = domain::scanTypeFromText(text(m_values.type));
            return Scan{texts(m_values.files), type.value_or(domain::ScanType::BusinessCard),
                        m_values.wait};
        });
    scan->add_option("FILE", m_values.files, "The pictures")->required();
    scan->add_option("--type", m_values.type, "business_card (default) or liquor_license")
        ->type_name("TYPE")
        ->check(oneOf({"business_card", "liquor_license"}));
    scan->add_flag("--wait", m_values.wait, "Read them here and now, and print what they say");
}

void Parser::addSchedule()
{
    using service::ScheduleTarget;
    static const std::map<std::string, ScheduleTarget> kTargets{
        {"systemd", ScheduleTarget::Systemd},
        {"crontab", ScheduleTarget::Crontab},
        {"github", ScheduleTarget::GitHub},
        {"vercel", ScheduleTarget::Vercel}};
    CLI::App* schedule = command(
        "schedule", "Write a schedule for systemd, crontab, GitHub Actions or Vercel.",
        "  queuedeckctl schedule systemd --cron '0 2 * * MON-FRI' --zone Europe/Berlin\n"
        "  queuedeckctl schedule crontab --url https://app.example --max-jobs 50\n"
        "  queuedeckctl schedule github --url https://app.example -o .\n"
        "systemd and crontab run jobs on this computer unless --url names an endpoint; github and\n"
        "vercel need one: --url, else QUEUEDECK_ENDPOINT_URL, else NEXT_PUBLIC_APP_URL. Files are\n"
        "printed, or written with -o; what is there is not overwritten without --force. No key\n"
        "is written: the texts say where to put it. What has to be known of the target, and the\n"
        "next runs, go to standard error.",
        [this] {
            return WriteSchedule{kTargets.at(m_values.target),
                                 text(m_values.cron),
                                 text(m_values.zone),
                                 text(m_values.url),
                                 m_values.jobsACall,
                                 text(m_values.folder),
                                 m_values.force};
        });
    schedule->add_option("KIND", m_values.target, "systemd, crontab, github or vercel")
        ->required()
        ->check(oneOf({"systemd", "crontab", "github", "vercel"}));
    schedule
        ->add_option("--cron", m_values.cron, "When: minute hour day month weekday (*/5 * * * *)")
        ->type_name("EXPR");
    schedule->add_option("--zone", m_values.zone, "By the clocks of this zone; systemd only")
        ->type_name("ZONE");
    schedule->add_option("--url", m_values.url, "Call this endpoint")->type_name("URL");
    schedule->add_option("--max-jobs", m_values.jobsACall, "At most so many a run (10)")
        ->type_name("N")
        ->check(numberFrom(1, 1000));
    CLI::Option* folder =
        schedule->add_option("-o,--output", m_values.folder, "Write the files below this folder")
            ->type_name("DIR");
    schedule->add_flag("--force", m_values.force, "Overwrite files that are there")->needs(folder);
}

void Parser::addServing()
{
    CLI::App* serve = command(
        "serve", "Serve the HTTP endpoint /api/jobs/process on this computer.",
        "  JOB_PROCESSOR_API_KEY=$(cat key) queuedeckctl serve\n"
        "  curl --fail -X POST -H \"x-api-key: $(cat key)\" \\\n"
        "    'http://127.0.0.1:3000/api/jobs/process?maxJobs=100'\n"
        "  queuedeckctl serve --listen 0.0.0.0:3443 --tls-cert cert.pem --tls-key key.pem \\\n"
        "    --host jobs.example.com\n"
        "POST runs jobs, one batch at a time; GET tells what waits; /metrics is for Prometheus,\n"
        "/healthz needs no key. The key is JOB_PROCESSOR_API_KEY; with CRON_SECRET set, GET with\n"
        "\"Authorization: Bearer\" and that secret runs jobs too. Requests must name a known "
        "host:\n"
        "localhost, the address of --listen, or a --host. Only loopback goes without TLS.\n"
        "The first Ctrl+C or SIGTERM hands unfinished jobs back within 20 s.",
        [this] {
            return Serve{text(m_values.listen), text(m_values.certificate),
                         text(m_values.privateKey), texts(m_values.hosts), m_values.mostJobs};
        });
    serve->add_option("--listen", m_values.listen, "Listen there (127.0.0.1:3000)")
        ->type_name("ADDRESS:PORT");
    serve->add_option("--tls-cert", m_values.certificate, "The certificate chain, PEM")
        ->type_name("FILE");
    serve->add_option("--tls-key", m_values.privateKey, "Its private key, PEM")->type_name("FILE");
    serve->add_option("--host", m_values.hosts, "A name this server is called by; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
    serve->add_option("--max-jobs-cap", m_values.mostJobs, "Most jobs of one request (1000)")
        ->type_name("N")
        ->check(numberFrom(1, 1000));
}

void Parser::addRemote()
{
    constexpr const char* kUrl = "The endpoint; without a path /api/jobs/process is meant";
    CLI::App* trigger = command(
        "trigger", "Have the endpoint of a web application run jobs.",
        "  queuedeckctl trigger https://app.example --max-jobs 50\n"
        "  queuedeckctl --db \"$DATABASE_URL\" trigger https://app.example --drain\n"
        "The key is JOB_PROCESSOR_API_KEY, else the one kept by `queuedeckctl key store URL`.\n"
        "The URL is QUEUEDECK_ENDPOINT_URL, else NEXT_PUBLIC_APP_URL, unless given.\n"
        "With a database, pending is counted before and after. A call is never sent twice; with\n"
        "--drain the next one is made when pending has fallen. Exit codes: 1 the endpoint failed,\n"
        "3 it cannot be reached or does not answer, 4 it refused the key or is not safe.",
        [this] {
            return Trigger{text(m_values.url), m_values.jobsACall, m_values.drain,
                           m_values.timeout};
        });
    trigger->add_option("URL", m_values.url, kUrl);
    trigger->add_option("--max-jobs", m_values.jobsACall, "At most so many a call (10)")
        ->type_name("N")
        ->check(numberFrom(1, 1000));
    trigger->add_flag("--drain", m_values.drain, "Call again as long as pending falls");
    trigger->add_option("--timeout", m_values.timeout, "Wait so long for an answer (900)")
        ->type_name("SECONDS")
        ->check(numberFrom(1, 86'400));

    CLI::App* status =
        command("remote-status", "Ask the endpoint of a web application what is pending.",
                "  queuedeckctl remote-status https://app.example\n"
                "  queuedeckctl --db \"$DATABASE_URL\" --json remote-status https://app.example\n"
                "With a database, its own count stands beside. Nothing is run.",
                [this] {
                    return RemoteStatus{text(m_values.url), m_values.lookTimeout};
                });
    status->add_option("URL", m_values.url, kUrl);
    status->add_option("--timeout", m_values.lookTimeout, "Wait so long for an answer (60)")
        ->type_name("SECONDS")
        ->check(numberFrom(1, 86'400));
}

void Parser::addKeys()
{
    constexpr const char* kUrl = "A remote endpoint; unless given, the one served here is meant";
    CLI::App* key = m_app.add_subcommand("key", "Make keys, and keep them in the keychain.");
    key->footer("Examples:\n"
                "  queuedeckctl key generate\n"
                "  queuedeckctl key generate --store           for `queuedeckctl serve`\n"
                "  queuedeckctl key store https://app.example < key\n"
                "  queuedeckctl key look https://app.example\n"
                "A key is never an argument, which others could see, and is printed by generate "
                "only.");
    key->group("Commands");
    key->fallthrough();
    key->require_subcommand(1);
    const auto add = [this, key](const char* name, const char* description, Key::Deed deed) {
        CLI::App* app = key->add_subcommand(name, description);
        app->fallthrough();
        m_commands.emplace_back(app, [this, deed] {
            return Key{deed, m_values.storeKey, text(m_values.url)};
        });
        return app;
    };
    add("generate", "Print 32 random bytes as hexadecimal digits.", Key::Deed::Generate)
        ->add_flag("--store", m_values.storeKey, "Keep it for the endpoint served here");
    add("store", "Keep the key on standard input.", Key::Deed::Store)
        ->add_option("URL", m_values.url, kUrl);
    add("forget", "Remove a key from the keychain.", Key::Deed::Forget)
        ->add_option("URL", m_values.url, kUrl);
    add("look", "Say where a key is, without showing it.", Key::Deed::Look)
        ->add_option("URL", m_values.url, kUrl);
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
                    : u"There is no command \"%1\"."_s.arg(withoutPasswords(text(rest[0])));
            return tl::unexpected(
                NoCommand{kWrongUsage, what + u" `queuedeckctl --help` lists the commands."_s});
        }
        QString help = u"queuedeckctl"_s;
        for (const CLI::App* command : m_app.get_subcommands())
            help += u' ' + text(command->get_name());
        QString what = withoutPasswords(text(error.what())).trimmed();
        if (!what.endsWith(u'.'))
            what += u'.';
        return tl::unexpected(
            NoCommand{kWrongUsage, u"%1 `%2 --help` shows the usage."_s.arg(what, help)});
    }
    for (const auto& [app, make] : m_commands) {
        if (app->parsed())
            return CommandLine{text(m_values.db), m_values.json, make()};
    }
    return tl::unexpected(NoCommand{kWrongUsage, u"No command was given."_s});
}
} // namespace

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

void hidePasswords(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i) {
        char* const host = std::strstr(argv[i], "://");
        char* const at = host ? std::strrchr(host, '@') : nullptr;
        char* const colon = at ? std::strchr(host + 3, ':') : nullptr;
        if (colon && colon < at)
            std::fill(colon + 1, at, '*');
    }
}

} // namespace queuedeck::ctl
