// SPDX-License-Identifier: GPL-3.0-or-later
// serve: the HTTP endpoint.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/endsignals.h"
#include "core/base/clock.h"
#include "core/endpoint/endpoint.h"
#include "core/endpoint/tlsfiles.h"
#include "core/secrets/environment.h"
#include "core/service/keyservice.h"
#include "core/service/servedpictures.h"

#include <QEventLoop>
#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
constexpr const char* kCronVariable = "CRON_SECRET";
constexpr qsizetype kShortestKey = 16;

Failure wrongInput(const QString& sentence)
{
    return base::fail(base::ErrorKind::Invalid, sentence);
}

bool canBeSent(const QByteArray& secret)
{
    return std::all_of(secret.begin(), secret.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// "127.0.0.1:3000", "[::1]:3000" or "localhost:3000".
tl::expected<std::pair<QString, quint16>, Failure> listenAddress(const QString& text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    QString host = text.left(std::max<qsizetype>(colon, 0));
    bool isPort = false;
    const uint port = text.mid(colon + 1).toUInt(&isPort);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    else if (host.contains(u':'))
        host.clear(); // an IPv6 address without brackets could be read in two ways
    if (host == "localhost"_L1)
        host = u"127.0.0.1"_s;
    QHostAddress address;
    if (colon < 0 || !isPort || port > 65535 || !address.setAddress(host))
        return tl::unexpected(wrongInput(
            u"--listen %1 is not ADDRESS:PORT, such as 127.0.0.1:3000 or [::1]:3000."_s.arg(text)));
    return std::pair{address.toString(), quint16(port)};
}

QString inUrl(const QString& address)
{
    return address.contains(u':') ? u'[' + address + u']' : address;
}

tl::expected<endpoint::Endpoint::Options, Failure> optionsOf(const Serve& serve)
{
    const auto listen = listenAddress(serve.listen);
    if (!listen)
        return tl::unexpected(listen.error());
    endpoint::Endpoint::Options options;
    options.server.address = listen->first;
    options.server.port = listen->second;
    options.server.certificate = serve.certificate;
    options.server.privateKey = serve.privateKey;
    if (serve.certificate.isEmpty() != serve.privateKey.isEmpty())
        return tl::unexpected(wrongInput(u"--tls-cert and --tls-key belong together."_s));
    if (serve.certificate.isEmpty() && !endpoint::isLoopback(listen->first))
        return tl::unexpected(wrongInput(
            u"%1 can be reached from other computers, and the key would cross the network in the "
            "clear. Give --tls-cert and --tls-key, or listen on 127.0.0.1."_s.arg(listen->first)));
    options.gate.hosts += inUrl(listen->first).toLower().toLatin1();
    for (const QString& host : serve.hosts)
        options.gate.hosts += host.toLower().toLatin1();
    options.gate.mostJobs = serve.mostJobs;
    if (!serve.picturesFolder.isEmpty()) {
        if (const base::Status usable = service::ServedPictures::check(serve.picturesFolder);
            !usable)
            return tl::unexpected(Failure(usable.error()));
        options.picturesFolder = serve.picturesFolder;
        options.gate.servesPictures = true;
    }
    options.gate.badKeysAMinute = options.server.limits.badKeysAMinute;
    return options;
}

base::Status takeSecrets(endpoint::Gate::Options& gate)
{
    const auto key = await(service::KeyService().reveal({service::KeyPurpose::Kind::OwnKey}));
    gate.apiKey = key ? key->reveal().toByteArray() : QByteArray();
    gate.cronSecret = secrets::fromEnvironment(kCronVariable).reveal().toByteArray();
    if (gate.apiKey.isEmpty())
        return base::fail(
            base::ErrorKind::Denied,
            base::Sentence::tr(
                "Without a key, anyone could run jobs, so nothing is served. Put one "
                "into JOB_PROCESSOR_API_KEY; `queuedeckctl key generate` makes one, and with "
                "--store keeps it in the keychain for this command."));
    if (!canBeSent(gate.apiKey) || !canBeSent(gate.cronSecret))
        return base::fail(
            base::ErrorKind::Denied,
            base::Sentence::tr("JOB_PROCESSOR_API_KEY or CRON_SECRET holds characters that no HTTP "
                               "header can carry. Use printable ASCII characters only."));
    for (const auto& [name, secret] :
         {std::pair{u"The key (JOB_PROCESSOR_API_KEY or keychain)"_s, gate.apiKey},
          std::pair{u"CRON_SECRET"_s, gate.cronSecret}}) {
        if (!secret.isEmpty() && secret.size() < kShortestKey)
            return base::fail(
                base::ErrorKind::Denied,
                base::Sentence::tr(
                    "%1 is shorter than %2 characters and could be guessed, so nothing "
                    "is served. `queuedeckctl key generate` makes a strong one.")
                    .arg(name)
                    .arg(kShortestKey));
    }
    return {};
}

/// What a person should know about the certificate before the first client connects.
base::Status checkCertificate(Console& console, const endpoint::Server::Options& server)
{
    if (server.certificate.isEmpty())
        return {};
    endpoint::TlsFiles files(server.certificate, server.privateKey);
    if (const base::Status loaded = files.load(); !loaded)
        return loaded;
    for (const QString& warning : files.warnings(base::Clock::system().now()))
        console.note(warning);
    return {};
}

void tell(Console& console, const QString& url, bool servesPictures)
{
    if (console.isJson()) {
        console.json({{u"url"_s, url}});
        console.flush();
    }
    console.note(u"Serving %1/api/jobs/process%2. Ctrl+C stops."_s.arg(
        url, servesPictures ? u" and %1/pictures"_s.arg(url) : QString()));
}
} // namespace

Done run(Context& context, const Serve& serve)
{
    auto options = optionsOf(serve);
    if (!options)
        return tl::unexpected(options.error());
    if (const base::Status status = takeSecrets(options->gate); !status)
        return tl::unexpected(Failure(status.error()));
    if (const base::Status status = checkCertificate(context.console, options->server); !status)
        return tl::unexpected(Failure(status.error()));
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    if (const base::Status chosen = choosePictures(**session, context.console, serve.pictures);
        !chosen)
        return tl::unexpected(Failure(chosen.error()));
    const app::EndSignals stop;
    auto served = endpoint::Endpoint::start(**session, *options);
    if (!served)
        return tl::unexpected(Failure(served.error()));
    endpoint::Endpoint& endpoint = **served;
    Console& console = context.console;
    QObject::connect(
        &endpoint, &endpoint::Endpoint::processed, &endpoint,
        [&console](const service::ProcessReport& report) { console.note(report.message + u'.'); });
    QObject::connect(&endpoint, &endpoint::Endpoint::failed, &endpoint,
                     [&console](const base::Error& error) {
                         console.note(u"queuedeckctl: "_s + visible(error.detail));
                     });
    QObject::connect(&endpoint, &endpoint::Endpoint::noted, &endpoint,
                     [&console](const QString& sentence) { console.note(sentence); });
    QEventLoop untilStopped;
    QObject::connect(&endpoint, &endpoint::Endpoint::stopped, &untilStopped, &QEventLoop::quit);
    const std::stop_callback onSignal(stop.token(), [&endpoint] { endpoint.stop(); });
    const QString scheme = serve.certificate.isEmpty() ? u"http"_s : u"https"_s;
    tell(console, u"%1://%2:%3"_s.arg(scheme, inUrl(options->server.address)).arg(endpoint.port()),
         options->gate.servesPictures);
    untilStopped.exec();
    return kDone;
}

} // namespace queuedeck::ctl
