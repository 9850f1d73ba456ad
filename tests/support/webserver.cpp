// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/webserver.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

#include <memory>

using namespace Qt::StringLiterals;

namespace queuedeck::test {

QByteArray WebRequest::header(const QByteArray& name) const
{
    for (const QByteArray& line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).toLower() == name)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

WebServer::WebServer(Script script)
    : m_script(std::move(script))
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("No port of 127.0.0.1 is free.");
}

WebServer::~WebServer()
{
    for (QSslSocket* socket : findChildren<QSslSocket*>()) {
        socket->disconnect();
        delete socket;
    }
}

bool WebServer::useTls(const QString& certificate, const QString& key)
{
    m_certificate = certificate;
    m_key = key;
    return QFile::exists(certificate) && QFile::exists(key);
}

QString WebServer::url(const QString& path, const QString& host) const
{
    return u"%1://%2:%3%4"_s.arg(m_key.isEmpty() ? u"http"_s : u"https"_s, host)
        .arg(serverPort())
        .arg(path);
}

void WebServer::incomingConnection(qintptr handle)
{
    ++m_connections;
    auto* socket = new QSslSocket(this);
    socket->setSocketDescriptor(handle);
    auto buffer = std::make_shared<QByteArray>();
    connect(socket, &QIODevice::readyRead, socket,
            [this, socket, buffer] { read(socket, *buffer); });
    connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
    if (m_key.isEmpty())
        return;
    QFile key(m_key);
    if (!key.open(QIODevice::ReadOnly))
        qFatal("The key of the server cannot be read.");
    socket->setLocalCertificateChain(QSslCertificate::fromPath(m_certificate));
    socket->setPrivateKey(QSslKey(&key, QSsl::Ec));
    socket->startServerEncryption();
}

void WebServer::read(QTcpSocket* socket, QByteArray& buffer)
{
    const QByteArray bytes = socket->readAll();
    m_received += bytes;
    buffer += bytes;
    if (buffer.size() > m_most)
        return socket->abort();
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    WebRequest request;
    request.head = buffer.left(end);
    const QList<QByteArray> first = request.head.split('\n').first().trimmed().split(' ');
    request.method = first.value(0);
    request.target = first.value(1);
    request.body = buffer.mid(end + 4);
    if (request.body.size() < request.header("content-length").toLongLong())
        return;
    buffer.clear();
    m_requests.append(request);
    m_script(*socket, request);
}

QByteArray WebServer::counted(int status, const QByteArray& type, const QByteArray& body,
                              const QByteArray& more)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Said\r\nContent-Type: " + type +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + more + "\r\n" + body;
}

QByteArray WebServer::chunked(const QByteArray& json)
{
    const qsizetype half = json.size() / 2;
    const auto chunk = [](const QByteArray& part) {
        return QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n";
    };
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
           "Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n" +
           chunk(json.left(half)) + chunk(json.mid(half)) + "0\r\n\r\n";
}

QByteArray WebServer::processed(int count)
{
    const QByteArray number = QByteArray::number(count);
    return chunked("{\"processed\":" + number +
                   ",\"failed\":0,\"startTime\":\"2026-11-05T14:00:00.000Z\","
                   "\"endTime\":\"2026-11-05T14:00:02.500Z\",\"message\":\"Processed " +
                   number + " jobs, 0 failed\"}");
}

WebServer::Script WebServer::always(const QByteArray& answer)
{
    return [answer](QTcpSocket& socket, const WebRequest&) { socket.write(answer); };
}

bool Authority::run(const QStringList& arguments) const
{
    QProcess openssl;
    openssl.setWorkingDirectory(m_folder.path());
    openssl.setProcessChannelMode(QProcess::MergedChannels);
    openssl.start(u"openssl"_s, arguments);
    const bool isDone = openssl.waitForFinished(60'000) && openssl.exitCode() == 0;
    if (!isDone)
        qWarning("openssl %s: %s", qPrintable(arguments.join(u' ')), openssl.readAll().constData());
    return isDone;
}

bool Authority::make()
{
    return run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-keyout"_s, u"ca.key"_s, u"-out"_s,
                u"ca.pem"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=Authority of the test"_s,
                u"-addext"_s, u"keyUsage=critical,keyCertSign"_s});
}

bool Authority::selfSign(const QString& name, const QString& names)
{
    return run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-keyout"_s, name + u".key"_s,
                u"-out"_s, name + u".pem"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s,
                u"-addext"_s, u"subjectAltName="_s + names});
}

bool Authority::issue(const QString& name, const QString& names, bool isExpired)
{
    QFile extensions(m_folder.filePath(name + u".ext"_s));
    if (!extensions.open(QIODevice::WriteOnly))
        return false;
    extensions.write("subjectAltName=" + names.toLatin1() + '\n');
    extensions.close();
    return run({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
                u"-nodes"_s, u"-keyout"_s, name + u".key"_s, u"-out"_s, name + u".csr"_s,
                u"-subj"_s, u"/CN=server"_s}) &&
           run({u"x509"_s, u"-req"_s, u"-in"_s, name + u".csr"_s, u"-CA"_s, u"ca.pem"_s,
                u"-CAkey"_s, u"ca.key"_s, u"-CAcreateserial"_s, u"-days"_s,
                isExpired ? u"-1"_s : u"1"_s, u"-extfile"_s, name + u".ext"_s, u"-out"_s,
                name + u".pem"_s});
}

} // namespace queuedeck::test
