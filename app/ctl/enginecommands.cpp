// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that run jobs, here or elsewhere, now or on a schedule.
#include "app/ctl/parser.h"

#include <map>

namespace queuedeck::ctl {

void Parser::addRunning()
{
    CLI::App* process = command(
        "process", "Run jobs on this computer, by default at most 10.",
        "  queuedeckctl process --until-empty\n"
        "  queuedeckctl process --watch --concurrency 2\n"
        "  */5 * * * * queuedeckctl process --max-jobs 100      (crontab)\n"
        "Ends when nothing can be run now. The first Ctrl+C or SIGTERM hands unfinished jobs back\n"
        "within 20 s; another one after a second exits at once, and such jobs run again later.\n"
        "Jobs that fail are counted and do not change the exit code; it is 1 when a result could\n"
        "not be written, or --stop-after-failures ended the run. With --watch, it waits for a\n"
        "database that is gone.",
        [this] {
            const std::optional<int> most =
                m_values.maxJobs > 0 ? std::optional(m_values.maxJobs) : std::nullopt;
            return Process{most,           m_values.concurrency,  m_values.untilEmpty,
                           m_values.watch, texts(m_values.types), m_values.inOrder,
                           m_values.alone, m_values.freeOrphans,  m_values.stopAfterFailures,
                           pictures()};
        });
    process->add_option("--max-jobs", m_values.maxJobs, "Stop after this many (10)")
        ->type_name("N")
        ->check(numberFrom(1, 10'000'000));
    process->add_option("--concurrency", m_values.concurrency, "This many at the same time")
        ->type_name("N")
        ->check(numberFrom(1, 64));
    CLI::Option* untilEmpty = process->add_flag("--until-empty", m_values.untilEmpty,
                                                "Continue until nothing can be run now");
    process->add_flag("--watch", m_values.watch, "Continue until told to stop")
        ->excludes(untilEmpty);
    CLI::Option* types =
        process->add_option("--type", m_values.types, "Only jobs of this type; may be repeated")
            ->type_name("TYPE")
            ->allow_extra_args(false);
    process->add_flag("--in-order", m_values.inOrder, "All jobs of the first --type go first")
        ->needs(types);
    process->add_flag("--alone", m_values.alone,
                      "No other processor works on this table: skip the wait of 250 ms per job");
    process
        ->add_option("--free-orphans", m_values.freeOrphans,
                     "Free jobs that another processor left processing, unchanged for this long")
        ->type_name("MINUTES")
        ->check(numberFrom(1, 100'000));
    process
        ->add_option("--stop-after-failures", m_values.stopAfterFailures,
                     "Stop once this many attempts in a row have failed; 0 = never (0)")
        ->type_name("N")
        ->check(numberFrom(0, 1'000'000));
    addPictures(process);

    command(
        "handlers", "List the job types that run here, what runs them, and faulty handler files.",
        "  queuedeckctl handlers\n"
        "A file TYPE.json in the folder handlers.d of your data folder (QUEUEDECK_HOME moves\n"
        "it) makes a program of yours run the jobs of that type:\n"
        "  {\"command\": [\"/usr/bin/python3\", \"/path/handler.py\"], \"timeoutSeconds\": 60}\n"
        "The payload comes on standard input. Exit code 0 completes the job, 75 postpones\n"
        "it, 65 fails it for good, any other fails the attempt. This command ends with 1 when a\n"
        "file is not used.",
        [] { return Handlers{}; });
}

void Parser::addSchedule()
{
    using schedule::ScheduleTarget;
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
        "printed, or written with -o; existing files are not overwritten without --force. No key\n"
        "is written: the texts say where to put it. Notes on the target and the next runs go to\n"
        "standard error.",
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
    schedule->add_option("--zone", m_values.zone, "The time zone of the times; systemd only")
        ->type_name("ZONE");
    schedule->add_option("--url", m_values.url, "Call this endpoint")->type_name("URL");
    schedule->add_option("--max-jobs", m_values.jobsACall, "Maximum per run (default 10)")
        ->type_name("N")
        ->check(numberFrom(1, 1000));
    CLI::Option* folder =
        schedule->add_option("-o,--output", m_values.folder, "Write the files below this folder")
            ->type_name("DIR");
    schedule->add_flag("--force", m_values.force, "Overwrite existing files")->needs(folder);
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
        "POST runs jobs, one batch at a time; GET says what waits; /metrics is for Prometheus,\n"
        "/healthz needs no key. The key is JOB_PROCESSOR_API_KEY; with CRON_SECRET set, GET with\n"
        "\"Authorization: Bearer\" and that secret runs jobs too. Requests must name a known "
        "host:\n"
        "localhost, the address of --listen, or a --host. Only loopback goes without TLS.\n"
        "The first Ctrl+C or SIGTERM hands unfinished jobs back within 20 s.",
        [this] {
            return Serve{
                text(m_values.listen),        text(m_values.certificate), text(m_values.privateKey),
                texts(m_values.hosts),        m_values.mostJobs,          pictures(),
                text(m_values.picturesFolder)};
        });
    serve->add_option("--listen", m_values.listen, "Listen on this address (127.0.0.1:3000)")
        ->type_name("ADDRESS:PORT");
    serve->add_option("--tls-cert", m_values.certificate, "The certificate chain, PEM")
        ->type_name("FILE");
    serve->add_option("--tls-key", m_values.privateKey, "Its private key, PEM")->type_name("FILE");
    serve->add_option("--host", m_values.hosts, "A host name of this server; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
    serve->add_option("--max-jobs-cap", m_values.mostJobs, "Most jobs per request (1000)")
        ->type_name("N")
        ->check(numberFrom(1, 1000));
    serve
        ->add_option("--pictures", m_values.picturesFolder,
                     "Serve this folder at /pictures, to whoever knows the names")
        ->type_name("DIR");
    addPictures(serve);
}

void Parser::addReader(CLI::App* command)
{
    command
        ->add_option("--reader", m_values.reader,
                     "Who reads pictures: local (this computer) or claude, which needs a key")
        ->type_name("local|claude")
        ->check(oneOf({"local", "offline", "claude", "auto"}));
}

void Parser::addPictures(CLI::App* command)
{
    addReader(command);
    command
        ->add_option("--fetch-pictures", m_values.fetchPictures,
                     "Read pictures on the web, too (yes if Queuedeck made the table)")
        ->type_name("yes|no")
        ->check(oneOf({"yes", "no"}));
    command
        ->add_option("--allow-picture-host", m_values.pictureHosts,
                     "Fetch from this host even if it is private or on http; repeatable")
        ->type_name("HOST[:PORT]")
        ->allow_extra_args(false);
}

Pictures Parser::pictures() const
{
    return {text(m_values.reader), text(m_values.fetchPictures), texts(m_values.pictureHosts)};
}

void Parser::addRemote()
{
    constexpr const char* kUrl = "The endpoint; without a path, /api/jobs/process";
    CLI::App* trigger = command(
        "trigger", "Make the endpoint of a web application run jobs.",
        "  queuedeckctl trigger https://app.example --max-jobs 50\n"
        "  queuedeckctl --db \"$DATABASE_URL\" trigger https://app.example --drain\n"
        "The key is JOB_PROCESSOR_API_KEY, else the one kept by `queuedeckctl key store URL`.\n"
        "The URL is QUEUEDECK_ENDPOINT_URL, else NEXT_PUBLIC_APP_URL, unless given.\n"
        "With a database, pending is counted before and after. A call is never sent twice; with\n"
        "--drain, the next one is made once pending falls. Exit codes: 1 the endpoint failed,\n"
        "3 it cannot be reached or does not answer, 4 it refused the key or is not safe.",
        [this] {
            return Trigger{text(m_values.url), m_values.jobsACall, m_values.drain,
                           m_values.timeout};
        });
    trigger->add_option("URL", m_values.url, kUrl);
    trigger->add_option("--max-jobs", m_values.jobsACall, "Maximum per call (default 10)")
        ->type_name("N")
        ->check(numberFrom(1, 1000));
    trigger->add_flag("--drain", m_values.drain, "Call again as long as pending falls");
    trigger->add_option("--timeout", m_values.timeout, "Wait this long for an answer (900)")
        ->type_name("SECONDS")
        ->check(numberFrom(1, 86'400));

    CLI::App* status =
        command("remote-status", "Ask the endpoint of a web application what is pending.",
                "  queuedeckctl remote-status https://app.example\n"
                "  queuedeckctl --db \"$DATABASE_URL\" --json remote-status https://app.example\n"
                "With a database, its own count is shown beside it. Nothing is run.",
                [this] {
                    return RemoteStatus{text(m_values.url), m_values.statusTimeout};
                });
    status->add_option("URL", m_values.url, kUrl);
    status->add_option("--timeout", m_values.statusTimeout, "Wait this long for an answer (60)")
        ->type_name("SECONDS")
        ->check(numberFrom(1, 86'400));
}

void Parser::addKeys()
{
    constexpr const char* kUrl = "A remote endpoint; without it, the one served here";
    CLI::App* key = m_app.add_subcommand("key", "Make keys, and keep them in the keychain.");
    key->footer("Examples:\n"
                "  queuedeckctl key generate\n"
                "  queuedeckctl key generate --store           for `queuedeckctl serve`\n"
                "  queuedeckctl key store https://app.example < key\n"
                "  queuedeckctl key look https://app.example\n"
                "A key is never an argument, which others could see; only generate prints one.");
    key->group("Commands");
    key->fallthrough();
    key->require_subcommand(1);
    const auto add = [this, key](const char* name, const char* description, Key::Task task) {
        CLI::App* app = key->add_subcommand(name, description);
        app->fallthrough();
        m_commands.emplace_back(app, [this, task] {
            return Key{task, m_values.storeKey, text(m_values.url), m_values.claudeKey,
                       text(m_values.picturesPlace)};
        });
        return app;
    };
    add("generate", "Print 32 random bytes as hexadecimal digits.", Key::Task::Generate)
        ->add_flag("--store", m_values.storeKey, "Keep it for the endpoint served here");
    for (const auto& [name, description, task] :
         {std::tuple{"store", "Keep the key given on standard input.", Key::Task::Store},
          std::tuple{"forget", "Remove a key from the keychain.", Key::Task::Forget},
          std::tuple{"look", "Say where a key is kept, without showing it.", Key::Task::Look}}) {
        CLI::App* app = add(name, description, task);
        CLI::Option* url = app->add_option("URL", m_values.url, kUrl);
        CLI::Option* claude = app->add_flag("--claude", m_values.claudeKey,
                                            "The key for reading pictures with Claude")
                                  ->excludes(url);
        app->add_option("--pictures", m_values.picturesPlace,
                        "The key of a place for pictures, as in scan --to")
            ->type_name("PLACE")
            ->excludes(url)
            ->excludes(claude);
    }
}

} // namespace queuedeck::ctl
