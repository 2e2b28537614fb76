import type { ServiceModule } from '../../service/service.ts';
const m = {} as ServiceModule<never, never>;
export default m;
