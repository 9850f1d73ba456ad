// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/jsonprint.h"

namespace queuedeck::ui {

namespace {
constexpr int kIndent = 2;
constexpr int kDeepest = 60; ///< deeper levels are not indented further

void newLine(QString& out, int depth)
{
    out += u'\n';
    out += QString(std::min(depth, kDeepest) * kIndent, u' ');
}
} // namespace

QString prettyJson(const QString& json)
{
    QString out;
    out.reserve(json.size() * 5 / 4);
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const QChar c = json[i];
        if (inString) {
            out += c;
            if (c == u'\\' && i + 1 < json.size())
                out += json[++i];
            else if (c == u'"')
                inString = false;
            continue;
        }
        if (c.isSpace())
            continue;
        switch (c.unicode()) {
        case u'"':
            inString = true;
            out += c;
            break;
        case u'{':
        case u'[': {
            // An empty one stays on its line.
            qsizetype next = i + 1;
            while (next < json.size() && json[next].isSpace())
                ++next;
            out += c;
            if (next < json.size() && (json[next] == u'}' || json[next] == u']')) {
                out += json[next];
                i = next;
            } else {
                newLine(out, ++depth);
            }
            break;
        }
        case u'}':
        case u']':
            depth = std::max(0, depth - 1);
            newLine(out, depth);
            out += c;
            break;
        case u',':
            out += c;
            newLine(out, depth);
            break;
        case u':': out += QStringLiteral(": "); break;
        default: out += c;
        }
    }
    return out;
}

} // namespace queuedeck::ui
