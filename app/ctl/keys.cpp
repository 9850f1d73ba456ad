// SPDX-License-Identifier: GPL-3.0-or-later
// key: makes keys and keeps them in the keychain.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "core/domain/uploadplace.h"
#include "core/service/keyservice.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using service::KeyInfo;
using service::KeyPurpose;
using service::KeyService;

namespace {
constexpr qint64 kLongestKey = 4096;

KeyPurpose purposeOf(const Key& key)
{
    if (key.isClaude)
        return {KeyPurpose::Kind::ClaudeKey};
    if (!key.place.isEmpty())
        return {KeyPurpose::Kind::PicturesKey, key.place};
    return key.url.isEmpty() ? KeyPurpose{KeyPurpose::Kind::OwnKey}
                             : KeyPurpose{KeyPurpose::Kind::ProcessorKey, key.url};
}

QString variableOf(const KeyPurpose& purpose)
{
    using Kind = domain::UploadPlace::Kind;
    if (purpose.kind == KeyPurpose::Kind::ClaudeKey)
        return u"ANTHROPIC_API_KEY"_s;
    if (purpose.kind != KeyPurpose::Kind::PicturesKey)
        return u"JOB_PROCESSOR_API_KEY"_s;
    const auto place = domain::UploadPlace::parse(purpose.of);
    switch (place ? place->kind : Kind::Bucket) {
    case Kind::Supabase: return u"SUPABASE_SERVICE_ROLE_KEY"_s;
    case Kind::Application: return u"QUEUEDECK_APP_COOKIE"_s;
    default: return u"AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"_s;
    }
}

// A command that ends cannot keep a key in memory.
tl::expected<KeyInfo, Failure> keep(const KeyPurpose& purpose, const QString& text)
{
    auto kept = await(KeyService().store(purpose, text));
    if (!kept)
        return tl::unexpected(Failure(kept.error()));
    if (kept->source != KeyInfo::Source::Keychain) {
        const QString reason = kept->sentence.section(u", so"_s, 0, 0);
        return tl::unexpected(Failure(
            base::fail(ErrorKind::Unsupported,
                       base::Sentence::tr("%1, so the key was not kept. Put it into %2 instead.")
                           .arg(reason, variableOf(purpose)))));
    }
    return *kept;
}

QString sourceText(KeyInfo::Source source)
{
    switch (source) {
    case KeyInfo::Source::Environment: return u"environment"_s;
    case KeyInfo::Source::Keychain: return u"keychain"_s;
    default: return u"none"_s;
    }
}

Done generate(Context& context, const Key& key)
{
    const QString made = KeyService::generate();
    if (key.store) {
        const auto kept = keep(purposeOf(key), made);
        if (!kept)
            return tl::unexpected(kept.error());
        context.console.note(u"Kept in the keychain for `queuedeckctl serve`."_s);
    }
    if (context.console.isJson())
        context.console.json({{u"key"_s, made}, {u"stored"_s, key.store}});
    else
        context.console.line(made);
    return kDone;
}

Done store(Context& context, const Key& key)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return tl::unexpected(Failure(
            base::fail(ErrorKind::Invalid, base::Sentence::tr("Standard input cannot be read."))));
    QByteArray bytes = input.read(kLongestKey + 1);
    if (bytes.size() > kLongestKey)
        return tl::unexpected(Failure(base::fail(
            ErrorKind::Invalid,
            base::Sentence::tr("That is longer than any key (%1 bytes). Nothing was kept.")
                .arg(kLongestKey))));
    const auto kept = keep(purposeOf(key), QString::fromUtf8(bytes));
    if (!kept)
        return tl::unexpected(kept.error());
    if (context.console.isJson())
        context.console.json({{u"source"_s, sourceText(kept->source)}});
    else
        context.console.line(kept->sentence);
    return kDone;
}
} // namespace

Done run(Context& context, const Key& key)
{
    if (key.task == Key::Task::Generate)
        return generate(context, key);
    if (key.task == Key::Task::Store)
        return store(context, key);
    const bool isLook = key.task == Key::Task::Look;
    const auto info =
        await(isLook ? KeyService().look(purposeOf(key)) : KeyService().forget(purposeOf(key)));
    if (!info)
        return tl::unexpected(Failure(info.error()));
    if (context.console.isJson())
        context.console.json({{u"source"_s, sourceText(info->source)}});
    else
        context.console.line(info->sentence);
    return isLook && !info->isSet() ? kWorkFailed : kDone;
}

} // namespace queuedeck::ctl
