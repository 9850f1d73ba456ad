// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/imageextractionhandler.h"

#include "core/domain/scan.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using engine::TaskResult;

namespace {
TaskResult resultOf(const domain::Setback& setback)
{
    switch (setback.then) {
    case domain::Setback::Then::GiveUp: return TaskResult::unrecoverable(setback.error.detail);
    case domain::Setback::Then::TryAgain: return TaskResult::failed(setback.error.detail);
    case domain::Setback::Then::Wait: break;
    }
    return TaskResult::postponed(setback.error.detail, setback.wait);
}

TaskResult failureFor(const base::Error& error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled: return TaskResult::postponed(error.detail);
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout:
    case ErrorKind::Internal: return TaskResult::failed(error.detail);
    default: return TaskResult::unrecoverable(error.detail);
    }
}
} // namespace

ImageExtractionHandler::ImageExtractionHandler(ImageSource source)
    : m_source(std::move(source))
{
}

TaskResult ImageExtractionHandler::run(const engine::Task& task)
{
    const auto type = domain::scanTypeFromText(task.payload.value("scanType"_L1).toString());
    if (!type)
        return TaskResult::unrecoverable(u"The scan type is not known."_s);
    const auto bytes = m_source(task.payload.value("imageUrl"_L1).toString(), task.stop);
    if (!bytes)
        return resultOf(bytes.error());
    const auto fields = m_reader.read(*bytes, *type, {task.stop, task.leaving});
    if (!fields)
        return failureFor(fields.error());
    // On a failure, the payload identifies the scan.
    return TaskResult::completed(
        {domain::Effect{domain::kScanEffect, task.payload.value("scanId"_L1).toString(), *fields}});
}

} // namespace queuedeck::handlers
