// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/answerreader.h"
#include "core/net/tlswitness.h"

#include <curl/curl.h>

namespace queuedeck::net {

/// How a transfer without a response ended.
struct Ending
{
    CURLcode code = CURLE_OK;
    QString said = {};           ///< libcurl's own message
    int systemError = 0;         ///< errno of the connection; 0: unknown
    int proxyStatus = 0;         ///< of the proxy's response; 0: no proxy used
    bool isSent = false;         ///< the request may have left this computer
    bool hasHead = false;        ///< of the response
    quint16 triedPort = 0;       ///< of the last address tried
    base::Sentence refusal = {}; ///< why `mayConnectTo` rejected the last address
    QByteArray proxy = {};       ///< its address; empty: none
    QString authorities = {};    ///< file of trusted CA certificates; empty: the system's
    AnswerReader::Refusal readerRefusal = AnswerReader::Refusal::None;
};

/// The fault, with a sentence for people. Private to this room.
HttpError faultOf(const Ending& ending, const HttpRequest& request, const TlsWitness& tls);

/// A fault before anything was sent.
HttpError notSent(HttpFault fault, const base::Error& error);

} // namespace queuedeck::net
